package io.mhras.migrations.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;

import io.mhras.migrations.DriftResult;
import io.mhras.migrations.DriftResult.State;
import io.mhras.migrations.MigrationException.Refused;
import io.mhras.migrations.actuate.MigrationsHealthIndicator;
import io.mhras.migrations.engine.Migrator;
import io.mhras.migrations.observation.LastResults;
import io.mhras.migrations.testing.TestServer;
import io.mhras.migrations.testing.TestServer.TestDatabase;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.Status;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.assertj.AssertableApplicationContext;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.jdbc.core.JdbcTemplate;

/** {@code mhras.migrations.drift}: the structure is recorded at the end of a run, and compared after each start. */
class DriftWatchTest {

    private static final String WARN = "mhras.migrations.drift=warn";

    @AutoClose
    private final TestDatabase database = TestServer.newDatabase();

    private ApplicationContextRunner service(String... settings) {
        return TestService.on(database)
                .withConfiguration(AutoConfigurations.of(MigrationsHealthAutoConfiguration.class))
                .withPropertyValues(settings);
    }

    /** In the background: it is not known when. */
    private static DriftResult compared(AssertableApplicationContext context) throws InterruptedException {
        assertThat(context).hasNotFailed();
        LastResults results = context.getBean(LastResults.class);
        for (int i = 0; i < 600 && results.drift("postgresql").isEmpty(); i++) {
            Thread.sleep(50);
        }
        return results.drift("postgresql").orElseThrow();
    }

    private static Health health(AssertableApplicationContext context) {
        return context.getBean(MigrationsHealthIndicator.class).health();
    }

    private List<Map<String, Object>> rows() {
        return new JdbcTemplate(database.dataSource())
                .queryForList("SELECT event, version, fingerprint, structure FROM migration_history ORDER BY id");
    }

    @Test
    void aRunRecordsTheStructureInARowOfItsOwnAndTheNextStartFindsItTheSame() {
        service(WARN, "spring.datasource.hikari.maximum-pool-size=1").run(context -> {
            assertThat(compared(context).state()).isEqualTo(State.SAME);
            assertThat(health(context).getStatus()).isEqualTo(Status.UP);
        });
        List<Map<String, Object>> rows = rows();
        assertThat(rows)
                .extracting(row -> row.get("event"))
                .containsExactly("APPLIED", "APPLIED", "APPLIED", "OBSERVED");
        assertThat(rows.get(3).get("fingerprint")).isEqualTo(rows.get(2).get("fingerprint"));
        assertThat((String) rows.get(3).get("structure")).matches("PostgreSQL \\d+:[0-9a-f]{64}");

        service(WARN).run(context -> {
            assertThat(compared(context).explanation())
                    .isEqualTo("It is what it was at the end of the newest run.");
            assertThat(context.getBean(Migrator.class).history()).hasSize(4);
        });
        assertThat(rows()).isEqualTo(rows);
    }

    @Test
    void whatSomethingElseHasChangedIsToldInHealthAndStopsTrafficOnRequest() {
        service(WARN).run(context -> assertThat(compared(context).state()).isEqualTo(State.SAME));
        database.run("ALTER TABLE patient ADD COLUMN hotfix int");

        service(WARN).run(context -> {
            DriftResult result = compared(context);
            assertThat(result.state()).isEqualTo(State.DRIFTED);
            assertThat(result.explanation())
                    .startsWith("It is not what it was after the newest run, at ")
                    .endsWith(": something else has changed it. 'migrations drift' shows what.");
            assertThat(health(context).getStatus()).isEqualTo(Status.UP);
            assertThat(health(context).getDetails().toString()).contains("drift=DRIFTED", "driftAt=");
        });
        service("mhras.migrations.drift=fail").run(context -> {
            assertThat(compared(context).state()).isEqualTo(State.DRIFTED);
            assertThat(health(context).getStatus()).isEqualTo(Status.DOWN);
        });
    }

    @Test
    void whatARunWithoutItHasChangedIsNoDrift() {
        service(WARN, "mhras.migrations.target=001").run(context -> assertThat(compared(context)
                        .state())
                .isEqualTo(State.SAME));
        service().run(context -> assertThat(context).hasNotFailed());

        service(WARN).run(context -> {
            DriftResult result = compared(context);
            assertThat(result.state()).isEqualTo(State.UNKNOWN);
            assertThat(result.explanation()).startsWith("It was recorded before 002 was run by what does not watch it");
        });
    }

    @Test
    void withoutItNothingIsRecorded() {
        service().run(context -> assertThat(context).hasNotFailed().doesNotHaveBean(DriftWatch.class));

        assertThat(rows()).extracting(row -> row.get("event")).doesNotContain("OBSERVED");
        service(WARN).run(context -> assertThat(compared(context).explanation())
                .startsWith("Nothing is recorded yet"));
    }

    @Test
    void withoutTheModuleThatReadsTheStructureTheStartFails() {
        service(WARN)
                .withClassLoader(new FilteredClassLoader("io.mhras.migrations.schema"))
                .run(context -> assertThat(context)
                        .getFailure()
                        .rootCause()
                        .isInstanceOf(Refused.class)
                        .hasMessageContaining("mhras.migrations.drift is warn, and what reads the structure")
                        .hasMessageContaining("Add the dependency io.mhras:migrations-schema to the application"));
    }
}
