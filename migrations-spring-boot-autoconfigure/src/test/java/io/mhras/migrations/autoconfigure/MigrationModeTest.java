package io.mhras.migrations.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;

import io.mhras.migrations.MigrationException;
import io.mhras.migrations.engine.Migrator;
import io.mhras.migrations.testing.TestServer;
import io.mhras.migrations.testing.TestServer.TestDatabase;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

@ExtendWith(OutputCaptureExtension.class)
class MigrationModeTest {

    @AutoClose
    private final TestDatabase database = TestServer.newDatabase();

    @Test
    void validateFailsTheStartWhenSomethingIsPending() {
        inMode("validate")
                .run(context -> assertThat(context)
                        .getFailure()
                        .rootCause()
                        .isInstanceOf(MigrationException.Refused.class)
                        .hasMessageContainingAll("001", "002"));
        assertThat(TestService.hasTable(database, "migration_history")).isFalse();
    }

    @Test
    void validateFailsTheStartWhenSomethingWasChanged() {
        inMode("apply").run(context -> assertThat(context).hasNotFailed());
        database.run("UPDATE migration_history SET checksum = 'other', fingerprint = 'other', up_script = 'SELECT 1'"
                + " WHERE version = '001'");
        database.run("UPDATE migration_history SET fingerprint = 'other'");

        inMode("validate")
                .run(context -> assertThat(context)
                        .getFailure()
                        .rootCause()
                        .isInstanceOf(MigrationException.HistoryConflict.class)
                        .hasMessageContaining("001_create_patient.sql was changed"));
    }

    @Test
    void validateLetsAServiceStartWhoseSchemaIsAtTheHead(CapturedOutput output) {
        inMode("apply").run(context -> assertThat(context).hasNotFailed());

        inMode("validate").run(context -> assertThat(context).hasNotFailed());
        assertThat(output).contains("Migrations of postgresql: validated");
    }

    @Test
    void waitEndsWhenAnotherProcessHasMigrated() throws Exception {
        CompletableFuture<Void> other = CompletableFuture.runAsync(
                () -> inMode("apply").run(context -> assertThat(context).hasNotFailed()),
                CompletableFuture.delayedExecutor(1, TimeUnit.SECONDS));

        inMode("wait").run(context -> assertThat(context).hasNotFailed());
        other.get(30, TimeUnit.SECONDS);
    }

    @Test
    void waitEndsAtItsLimit() {
        inMode("wait")
                .withPropertyValues("mhras.migrations.wait-timeout=1s")
                .run(context -> assertThat(context)
                        .getFailure()
                        .rootCause()
                        .isInstanceOf(MigrationException.TimedOut.class)
                        .hasMessageContaining("Waited 1 s"));
    }

    @Test
    void noneDoesNothingAndStillShowsTheStatus() {
        inMode("none")
                .run(context -> assertThat(
                                context.getBean(Migrator.class).status().pending())
                        .isEqualTo(3));
        assertThat(TestService.hasTable(database, "migration_history")).isFalse();
    }

    @Test
    void aModeThatIsNoneFailsTheStart() {
        inMode("automatic")
                .run(context -> assertThat(context).getFailure().rootCause().hasMessageContaining("automatic"));
    }

    private ApplicationContextRunner inMode(String mode) {
        return TestService.on(database).withPropertyValues("mhras.migrations.mode=" + mode);
    }
}
