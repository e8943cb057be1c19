package io.mhras.sample;

import static org.assertj.core.api.Assertions.assertThat;

import io.mhras.migrations.HistoryEntry;
import io.mhras.migrations.HistoryEntry.Event;
import io.mhras.migrations.MigrationSet;
import io.mhras.migrations.MigrationVersion;
import io.mhras.migrations.Target;
import io.mhras.migrations.testing.Catalog;
import io.mhras.migrations.testing.TestServer;
import io.mhras.migrations.testing.TestServer.TestDatabase;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** Each of the five systems, from its files to its endpoint. */
@ParameterizedClass
@EnumSource
@SuppressWarnings("NullAway.Init") // JUnit calls start() first.
final class EndToEndTest {

    private static final Pattern LINK = Pattern.compile("href=\"([^\"]+)\"");

    private static TestDatabase database;
    private static RunningSample sample;

    private final SampleSystem system;

    EndToEndTest(SampleSystem system) {
        this.system = system;
    }

    @BeforeParameterizedClassInvocation
    static void start(SampleSystem system) {
        database = TestServer.newDatabase();
        sample = RunningSample.start(system, database);
    }

    @AfterParameterizedClassInvocation
    static void stop() {
        sample.close();
        database.close();
    }

    @Test
    void theDatabaseHasEveryObjectThatTheSystemsDocumentsName() {
        assertThat(DatabaseObjects.of(database))
                .containsAll(system.expectedObjects())
                .contains("table " + system.history());
    }

    @Test
    void theEndpointShowsEveryMigrationApplied() {
        MigrationSet migrations = sample.migrator().migrations();
        var body = sample.get("/actuator/migrations").expectStatus().isOk().expectBody();

        body.jsonPath("$.databases.postgresql.state").isEqualTo("UP_TO_DATE");
        body.jsonPath("$.databases.postgresql.current").isEqualTo(texts(migrations.heads()));
        body.jsonPath("$.databases.postgresql.heads").isEqualTo(texts(migrations.heads()));
        body.jsonPath("$.databases.postgresql.counts.APPLIED")
                .isEqualTo(migrations.migrations().size());
        body.jsonPath("$.databases.postgresql.migrations[*].version")
                .isEqualTo(migrations.migrations().stream()
                        .map(migration -> migration.version().toString())
                        .toList());
        body.jsonPath("$.databases.postgresql.migrations[?(@.state != 'APPLIED')]")
                .isEmpty();
        body.jsonPath("$.databases.postgresql.migrations[0].version").isEqualTo("001");
        body.jsonPath("$.databases.postgresql.migrations[0].appliedBy").isNotEmpty();
        body.jsonPath("$.databases.postgresql.migrations[0].appliedAt").isNotEmpty();
        body.jsonPath("$.databases.postgresql.migrations[0].durationMs").isNumber();
        body.jsonPath("$.databases.postgresql.migrations[0].checksum")
                .isEqualTo(migrations.migrations().get(0).checksum());
        body.jsonPath("$.databases.postgresql.migrations[*].requires")
                .isEqualTo(migrations.migrations().stream()
                        .map(migration -> texts(migrations.requirements(migration.version())))
                        .toList());
    }

    @Test
    void theEndpointShowsTheHistoryNewestFirst() {
        var body = sample.get("/actuator/migrations/postgresql")
                .expectStatus()
                .isOk()
                .expectBody();

        body.jsonPath("$.database").isEqualTo("postgresql");
        body.jsonPath("$.history[*].id")
                .isEqualTo(sample.migrator().history().stream()
                        .map(entry -> (int) entry.id())
                        .toList());
        body.jsonPath("$.history[-1].version").isEqualTo("001");
        body.jsonPath("$.history[-1].event").isEqualTo("APPLIED");
        body.jsonPath("$.history[-1].application").isEqualTo(system.toString());
    }

    @Test
    void theEndpointShowsOneMigrationHoweverItsNumberIsWritten() {
        for (String version : List.of("001", "1")) {
            var body = sample.get("/actuator/migrations/postgresql/" + version)
                    .expectStatus()
                    .isOk()
                    .expectBody();

            body.jsonPath("$.migration.version").isEqualTo("001");
            body.jsonPath("$.events[-1].event").isEqualTo("APPLIED");
        }
    }

    @Test
    void theEndpointKnowsNoOtherDatabaseAndNoOtherMigration() {
        for (String unknown : List.of("oracle", "postgresql/999", "postgresql/R_nothing", "postgresql/first")) {
            sample.get("/actuator/migrations/" + unknown).expectStatus().isNotFound();
        }
    }

    @Test
    void theServiceIsReadyWithItsMigrations() {
        var health =
                sample.get("/actuator/health/readiness").expectStatus().isOk().expectBody();

        health.jsonPath("$.status").isEqualTo("UP");
        health.jsonPath("$.components.migrations.status").isEqualTo("UP");
        health.jsonPath("$.components.migrations.details.postgresql.state").isEqualTo("UP_TO_DATE");
    }

    @Test
    void theServiceCountsItsMigrationsAndTimesTheirRun() {
        sample.get("/actuator/metrics/mhras.migrations.applied?tag=database:postgresql")
                .expectStatus()
                .isOk()
                .expectBody()
                .jsonPath("$.measurements[0].value")
                .isEqualTo((double) sample.migrator().migrations().migrations().size());
        sample.get("/actuator/metrics/mhras.migrations").expectStatus().isOk();
        sample.get("/actuator/startup")
                .expectBody()
                .jsonPath("$.timeline.events[?(@.startupStep.name == 'mhras.migrations.migrate')]")
                .isNotEmpty();
    }

    @Test
    void theServiceListsItsTables() {
        sample.get("/tables")
                .expectStatus()
                .isOk()
                .expectBody()
                .jsonPath("$[?(@.name == '%s')]".formatted(system.history().replaceFirst(".*\\.", "")))
                .isNotEmpty();
    }

    @Test
    void theStartPageSaysWhichSystemThisIsAndItsLinksWork() {
        String page = sample.page("/");

        assertThat(page).contains("the system <b>" + system + "</b>");
        List<String> links =
                LINK.matcher(page).results().map(link -> link.group(1)).toList();
        assertThat(links).contains("/actuator/migrations", "/actuator/migrations/postgresql", "/tables");
        assertThat(links.contains("/actuator/migrations/mongodb")).isEqualTo(system == SampleSystem.COMPLIANCE);
        for (String link : links) {
            sample.get(link).expectStatus().isOk();
        }
    }

    @Test
    void aSecondStartDoesNothing() {
        List<HistoryEntry> before = sample.migrator().history();
        List<String> catalog = Catalog.of(database.dataSource());

        RunningSample.start(system, database).close();

        assertThat(sample.migrator().history()).isEqualTo(before);
        assertThat(Catalog.of(database.dataSource())).isEqualTo(catalog);
    }

    @Test
    void aRollbackToBaseLeavesNothingButTheHistoryAndUpAgainMakesEverythingAsItWas() {
        List<String> before = Catalog.of(database.dataSource());
        int migrations = sample.migrator().migrations().migrations().size();

        assertThat(sample.migrator().rollback(Target.BASE).events())
                .extracting(HistoryEntry::event)
                .containsOnly(Event.ROLLED_BACK)
                .hasSize(migrations);

        assertThat(DatabaseObjects.of(database)).contains("table " + system.history());
        assertThat(DatabaseObjects.butThoseOf(system.history(), database)).isEmpty();
        sample.get("/actuator/migrations")
                .expectBody()
                .jsonPath("$.databases.postgresql.counts.ROLLED_BACK")
                .isEqualTo(migrations);

        assertThat(sample.migrator().migrate(Target.HEAD).events()).hasSize(migrations);

        assertThat(Catalog.of(database.dataSource())).isEqualTo(before);
    }

    private static List<String> texts(List<MigrationVersion> versions) {
        return versions.stream().map(MigrationVersion::toString).toList();
    }
}
