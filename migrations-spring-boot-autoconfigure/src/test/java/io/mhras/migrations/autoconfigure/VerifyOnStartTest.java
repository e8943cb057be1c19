package io.mhras.migrations.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;

import io.mhras.migrations.MigrationException.Refused;
import io.mhras.migrations.VerificationResult;
import io.mhras.migrations.observation.LastResults;
import io.mhras.migrations.testing.TestServer;
import io.mhras.migrations.testing.TestServer.TestDatabase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

/** {@code mhras.migrations.verify}: the checks of what is applied, at each start. */
class VerifyOnStartTest {

    @AutoClose
    private final TestDatabase database = TestServer.newDatabase();

    @TempDir
    private Path folder;

    @BeforeEach
    void write() throws IOException {
        Files.writeString(folder.resolve("001_patients.sql"), "CREATE TABLE patients (id int);");
        Files.writeString(folder.resolve("001_patients.verify.sql"), """
                -- migrate:check table patients
                SELECT to_regclass('patients') IS NOT NULL AS is_there;
                -- migrate:check nobody yet
                SELECT count(*) = 0 AS is_empty FROM patients;
                """);
    }

    private ApplicationContextRunner service(String... settings) {
        return TestService.on(database)
                .withPropertyValues("mhras.migrations.locations=filesystem:" + folder)
                .withPropertyValues(settings);
    }

    @Test
    void checksThatHoldLetAServiceStartAndAreRemembered() {
        service("mhras.migrations.verify=startup").run(context -> {
            assertThat(context).hasNotFailed();
            VerificationResult result = context.getBean(LastResults.class)
                    .verification("postgresql")
                    .orElseThrow();
            assertThat(result.summary()).isEqualTo("2 checks hold");
        });
    }

    @Test
    void eachCheckThatDoesNotHoldIsNamedByTheFailedStart() {
        service().run(context -> assertThat(context).hasNotFailed());
        database.run("DROP TABLE patients");

        service("mhras.migrations.verify=startup")
                .run(context -> assertThat(context)
                        .getFailure()
                        .rootCause()
                        .isInstanceOf(Refused.class)
                        .hasMessageContaining("2 checks of postgresql do not hold.")
                        .hasMessageContaining("\u2717 table patients")
                        .hasMessageContaining("Column 'is_there' is false.")
                        .hasMessageContaining("\u2717 nobody yet")
                        .hasMessageContaining("relation \"patients\" does not exist"));
        service().run(context -> {
            assertThat(context).hasNotFailed();
            assertThat(context.getBean(LastResults.class).verification("postgresql"))
                    .isEmpty();
        });
    }

    @Test
    void aStatementOfACheckHasAnEnd() throws IOException {
        service().run(context -> assertThat(context).hasNotFailed());
        Files.writeString(folder.resolve("001_patients.verify.sql"), "SELECT pg_sleep(60) IS NULL;");

        service("mhras.migrations.verify=startup", "mhras.migrations.verify-timeout=50ms")
                .run(context -> assertThat(context)
                        .getFailure()
                        .rootCause()
                        .hasMessageContaining("canceling statement due to statement timeout"));
    }
}
