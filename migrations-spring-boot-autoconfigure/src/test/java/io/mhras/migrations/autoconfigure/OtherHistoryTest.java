package io.mhras.migrations.autoconfigure;

import java.time.Duration;
import io.mhras.migrations.observation.LastResults;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.mhras.migrations.MigrationException;
import io.mhras.migrations.actuate.MigrationsEndpoint;
import io.mhras.migrations.engine.Migrator;
import io.mhras.migrations.testing.TestServer;
import io.mhras.migrations.testing.TestServer.TestDatabase;
import java.util.Map;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.boot.health.contributor.Status;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

/** A service that another tool has migrated until now. */
@ExtendWith(OutputCaptureExtension.class)
class OtherHistoryTest {

    private static final String CONFLICT = "Another tool has migrated this database, and the history of these files is"
            + " empty: the table public.flyway_schema_history of flyway has 2 migrations. What it ran would run again.";

    @AutoClose
    private final TestDatabase database = TestServer.newDatabase();

    // flyway-database-postgresql, PostgreSQLDatabase.getRawCreateScript
    @BeforeEach
    void flyway() {
        database.run("""
                CREATE TABLE flyway_schema_history (
                    installed_rank INT           NOT NULL PRIMARY KEY,
                    version        VARCHAR(50),
                    description    VARCHAR(200)  NOT NULL,
                    type           VARCHAR(20)   NOT NULL,
                    script         VARCHAR(1000) NOT NULL,
                    checksum       INTEGER,
                    installed_by   VARCHAR(100)  NOT NULL,
                    installed_on   TIMESTAMP     NOT NULL DEFAULT now(),
                    execution_time INTEGER       NOT NULL,
                    success        BOOLEAN       NOT NULL
                );
                INSERT INTO flyway_schema_history
                VALUES (1, '1', 'patient', 'SQL', 'V1__patient.sql', 1, 'ann', now(), 7, true),
                       (2, '2', 'consent', 'SQL', 'V2__consent.sql', 2, 'ann', now(), 7, true)""");
    }

    @ParameterizedTest
    @ValueSource(strings = {"apply", "validate", "wait", "apply-and-exit"})
    void noModeStarts(String mode) {
        TestService.on(database)
                .withPropertyValues("mhras.migrations.mode=" + mode)
                .run(context -> assertThat(context)
                        .getFailure()
                        .rootCause()
                        .isInstanceOf(MigrationException.HistoryConflict.class)
                        .hasMessageContaining(CONFLICT)
                        .hasMessageContaining("'migrations adopt'")
                        .hasMessageContaining("set 'mhras.migrations.adopt' to none"));
        assertThat(TestService.hasTable(database, "migration_history")).isFalse();
        assertThat(TestService.hasTable(database, "patient")).isFalse();
    }

    @Test
    void endpointAndHealthSayTheSame() {
        TestService.on(database)
                .withConfiguration(AutoConfigurations.of(MigrationsHealthAutoConfiguration.class))
                .withPropertyValues("mhras.migrations.mode=none")
                .run(context -> {
                    MigrationsEndpoint endpoint =
                            new MigrationsEndpoint(
                            Map.of("postgresql", context.getBean(Migrator.class)),
                            new LastResults(),
                            Duration.ZERO);
                    assertThat(requireNonNull(endpoint.migrations().databases().get("postgresql"))
                                    .error())
                            .contains(CONFLICT);
                    assertThat(requireNonNull(endpoint.history("postgresql")).error())
                            .contains(CONFLICT);
                    Health health = requireNonNull(
                            context.getBean(HealthIndicator.class).health());
                    assertThat(health.getStatus()).isEqualTo(Status.DOWN);
                    assertThat(health.getDetails().toString()).contains(CONFLICT);
                });
    }

    @Test
    void noneLeavesItAloneWithOneWarning(CapturedOutput output) {
        TestService.on(database)
                .withPropertyValues("mhras.migrations.adopt=none")
                .run(context -> assertThat(context).hasNotFailed());

        assertThat(TestService.applied(database)).hasSize(3);
        assertThat(output.toString().split("flyway_schema_history of flyway has 2 migrations", -1))
                .hasSize(2);
        assertThat(output).contains("since 'mhras.migrations.adopt' is none, it is left alone and all files run.");
        TestService.on(database).run(context -> assertThat(context).hasNotFailed());
    }

    @Test
    void adoptingByItselfIsRefused() {
        TestService.on(database)
                .withPropertyValues("mhras.migrations.adopt=flyway")
                .run(context -> assertThat(context)
                        .getFailure()
                        .rootCause()
                        .hasMessageContaining("The setting 'mhras.migrations.adopt' cannot be 'flyway'"));
        assertThat(TestService.hasTable(database, "migration_history")).isFalse();
    }
}
