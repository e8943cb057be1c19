package io.mhras.migrations.engine;

import static io.mhras.migrations.TestMigrations.plain;
import static io.mhras.migrations.TestMigrations.set;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mhras.migrations.MigrationException;
import io.mhras.migrations.MigrationException.ListenerFailed;
import io.mhras.migrations.MigrationException.Stopped;
import io.mhras.migrations.MigrationListener;
import io.mhras.migrations.MigrationResult.Operation;
import io.mhras.migrations.MigrationSession.Stop;
import io.mhras.migrations.MigrationStep;
import io.mhras.migrations.Target;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;

class MigratorTest {

    private final RecordedDatabase database = new RecordedDatabase();
    private final Migrator migrator = new Migrator(database, () -> set(plain("001"), plain("002"), plain("003")));

    @Test
    void hasTheNameThatItIsGiven() {
        Migrator audit = migrator.named("audit");

        assertThat(audit.database()).isEqualTo("audit");
        assertThat(audit.status().database()).isEqualTo("audit");
        assertThat(audit.migrate(Target.HEAD).database()).isEqualTo("audit");
    }

    @Test
    void aListenerThatFailsIsNamed() {
        AtomicReference<MigrationException> heard = new AtomicReference<>();
        Migrator listened = migrator.with(new Broken()).with(new MigrationListener() {
            @Override
            public void onFailure(String name, Operation operation, MigrationException failure) {
                heard.set(failure);
            }
        });

        assertThatThrownBy(() -> listened.migrate(Target.HEAD))
                .isInstanceOf(ListenerFailed.class)
                .hasMessage("The listener " + Broken.class.getName()
                        + " failed in onStep of 002: java.lang.IllegalStateException: no letter box\n\nWhat to do: Correct"
                        + " the listener, or take it out, and start again. What the database has done stays, and the"
                        + " next run goes on after it.")
                .hasCauseInstanceOf(IllegalStateException.class)
                .isSameAs(heard.get());
        assertThat(database.entries()).hasSize(1);
    }

    @Test
    void aListenerThatFailsAtAFailureHidesNeitherItNorTheOthers() {
        List<String> heard = new ArrayList<>();
        Migrator listened = migrator.with(new Broken())
                .with(new MigrationListener() {
                    @Override
                    public void onFailure(String name, Operation operation, MigrationException failure) {
                        throw new IllegalStateException("twice");
                    }
                })
                .with(new MigrationListener() {
                    @Override
                    public void onFailure(String name, Operation operation, MigrationException failure) {
                        heard.add(failure.problem());
                    }
                });

        assertThatThrownBy(() -> listened.migrate(Target.HEAD))
                .satisfies(failure -> assertThat(failure.getSuppressed())
                        .singleElement()
                        .asInstanceOf(InstanceOfAssertFactories.THROWABLE)
                        .hasMessageContaining("failed in onFailure: java.lang.IllegalStateException: twice"));
        assertThat(heard).singleElement().asString().contains("no letter box");
    }

    @Test
    void aListenerIsNotNotifiedTwice() {
        List<String> heard = new ArrayList<>();
        MigrationListener listener = new MigrationListener() {
            @Override
            public void onStep(String name, MigrationStep step) {
                heard.add(step.version().toString());
            }
        };

        migrator.with(listener).with(listener).migrate(Target.HEAD);

        assertThat(heard).containsExactly("001", "002", "003");
    }

    @Test
    void aRunThatIsStoppedSaysHowFarItCame() {
        AtomicReference<Migrator> self = new AtomicReference<>();
        Migrator stopping = migrator.with(new MigrationListener() {
            @Override
            public void onStep(String name, MigrationStep step) {
                if (step.version().toString().equals("002")) {
                    Objects.requireNonNull(self.get()).stop(Stop.FINISH);
                }
            }
        });
        self.set(stopping);

        assertThatThrownBy(() -> stopping.migrate(Target.HEAD))
                .isInstanceOf(Stopped.class)
                .hasMessage(
                        "The migrations of postgresql were stopped: 2 of 3 done (001_thing.sql, 002_thing.sql). Not begun:"
                                + " 003_thing.sql.\n\nWhat to do: Start again: it goes on where it stopped.");
        assertThat(database.stops).containsExactly(Stop.FINISH);
        assertThat(database.entries()).hasSize(2);
    }

    @Test
    void afterThatNoRunBegins() {
        migrator.stop(Stop.CANCEL);

        assertThatThrownBy(() -> migrator.migrate(Target.HEAD))
                .isInstanceOf(Stopped.class)
                .hasMessageStartingWith("The migrations of postgresql were stopped before the first of them began.");
        assertThat(Thread.currentThread().isInterrupted()).isFalse();
        assertThat(database.entries()).isEmpty();
    }

    private static final class Broken implements MigrationListener {

        @Override
        public void onStep(String name, MigrationStep step) {
            if (step.version().toString().equals("002")) {
                throw new IllegalStateException("no letter box");
            }
        }
    }
}
