package io.mhras.migrations.engine;

import static io.mhras.migrations.TestMigrations.plain;
import static io.mhras.migrations.TestMigrations.set;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.mhras.migrations.HistoryEntry.Event;
import io.mhras.migrations.MigrationException.HistoryConflict;
import io.mhras.migrations.MigrationException.HistoryUnusable;
import io.mhras.migrations.MigrationException.Refused;
import io.mhras.migrations.MigrationSet;
import io.mhras.migrations.TableReader.Kind;
import io.mhras.migrations.TablesInMemory;
import io.mhras.migrations.Target;
import io.mhras.migrations.adopt.AdoptionSource;
import io.mhras.migrations.engine.MigratorSettings.OutOfOrder;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A database whose history is empty, and that another tool has migrated. */
class FirstStartTest {

    private static final List<String> FLYWAY = List.of("installed_rank", "version", "type", "script", "success");

    private final MigrationSet two = set(plain("001"), plain("002"));

    private static TablesInMemory tables() {
        return new TablesInMemory(Kind.TABLE);
    }

    private static List<@Nullable Object> row(@Nullable Object... values) {
        return Arrays.asList(values);
    }

    private static TablesInMemory flyway() {
        return tables().with(
                        "flyway_schema_history",
                        FLYWAY,
                        row(1, "1", "SQL", "V1__one.sql", true),
                        row(2, "2", "SQL", "V2__two.sql", true));
    }

    private Migrator migrator(RecordedDatabase database, Adopt adopt) {
        return new Migrator(database, () -> two)
                .with(new MigratorSettings(OutOfOrder.FAIL, true, UndeclaredPlaceholders.WARN, adopt));
    }

    private Migrator beside(TablesInMemory others) {
        return migrator(new RecordedDatabase().beside(others), Adopt.ASK);
    }

    private static HistoryConflict conflict(ThrowingCallable call) {
        return catchThrowableOfType(HistoryConflict.class, call);
    }

    @Test
    void whateverIsAskedSaysTheSame() {
        RecordedDatabase database = new RecordedDatabase().beside(flyway());
        Migrator migrator = migrator(database, Adopt.ASK);
        Map<String, ThrowingCallable> asked = Map.ofEntries(
                Map.entry("migrate", () -> migrator.migrate(Target.HEAD)),
                Map.entry("migrate to a version", () -> migrator.migrate(Target.parse("001"))),
                Map.entry("plan", () -> migrator.plan(Target.HEAD)),
                Map.entry("validate", () -> migrator.validate(Target.HEAD)),
                Map.entry("await", () -> migrator.await(Target.HEAD, Duration.ofHours(1))),
                Map.entry("status", migrator::status),
                Map.entry("history", migrator::history),
                Map.entry("rollback", () -> migrator.rollback(Target.parse("base"))),
                Map.entry("planRollback", () -> migrator.planRollback(Target.parse("base"))),
                Map.entry("repair", migrator::repair),
                Map.entry("planRepair", migrator::planRepair),
                Map.entry("clean", migrator::clean),
                Map.entry("planClean", migrator::planClean));

        asked.forEach((what, call) -> {
            HistoryConflict conflict = conflict(call);
            assertThat(conflict).as(what).isNotNull();
            assertThat(conflict.problem())
                    .as(what)
                    .isEqualTo("Another tool has migrated this database, and the history of these files is empty: the"
                            + " table flyway_schema_history of flyway has 2 migrations. What it ran would run again.");
            assertThat(conflict.remedy())
                    .as(what)
                    .isEqualTo("Take over what it has applied: 'migrations adopt'. If it has nothing to do with these"
                            + " files, set 'adopt' to none: then all of them run.");
        });
        assertThat(database.entries()).isEmpty();
    }

    @Test
    void whatIsNoneOfOursIsLeftAloneAndNotedOnce() {
        RecordedDatabase database = new RecordedDatabase().beside(flyway());

        var result = migrator(database, Adopt.NONE).migrate(Target.HEAD);

        assertThat(result.events()).hasSize(2);
        assertThat(result.notes())
                .containsExactly("the table flyway_schema_history of flyway has 2 migrations, and the history of these"
                        + " files was empty: since 'adopt' is none, it is left alone and all files run.");
        assertThat(migrator(database, Adopt.ASK).status().pending()).isZero();
    }

    @Test
    void markingAsAppliedByHandIsAllowed() {
        RecordedDatabase database = new RecordedDatabase().beside(flyway());

        migrator(database, Adopt.ASK).stamp(Target.parse("001"));

        assertThat(database.applied()).hasToString("[001]");
    }

    @Test
    void whatWasTakenOverRunsNoMore() {
        RecordedDatabase database = new RecordedDatabase().beside(flyway());
        Migrator migrator = migrator(database, Adopt.ASK);

        var result = migrator.adopt(migrator.planAdopt(AdoptionSource.ANY));

        assertThat(result.events()).extracting(entry -> entry.event()).containsOnly(Event.ADOPTED);
        assertThat(migrator.plan(Target.HEAD).isEmpty()).isTrue();
        assertThatThrownBy(() -> migrator.planAdopt(AdoptionSource.ANY))
                .isInstanceOf(Refused.class)
                .hasMessageStartingWith("Nothing was adopted: the history is at 002 already.");
    }

    @Test
    void aHistoryOfOursThatHasBegunIsNotQuestioned() {
        RecordedDatabase database = new RecordedDatabase()
                .beside(flyway())
                .withFailure(plain("001"), "no right")
                .with(Event.APPLIED, plain("001"));

        assertThat(migrator(database, Adopt.ASK).plan(Target.HEAD).steps()).hasSize(1);
    }

    @Test
    void aHistoryInWhichNothingIsAppliedDoesNotCount() {
        assertThat(beside(tables().with("flyway_schema_history", FLYWAY, row(0, null, "SCHEMA", "made", true))
                                .with(
                                        "goose_db_version",
                                        List.of("id", "version_id", "is_applied", "tstamp"),
                                        row(1, 0L, true, Instant.EPOCH))
                                .with("alembic_version", List.of("version_num")))
                        .plan(Target.HEAD)
                        .steps())
                .hasSize(2);
    }

    @Test
    void aTableIsKnownByItsColumnsAndNeverByItsNameAlone() {
        assertThat(beside(tables().with("flyway_schema_history", List.of("id", "note"), row(1, "x"))
                                .with("schema_migrations", List.of("id", "version"), row(1, "1"))
                                .with("changelog", List.of("version", "title"), row("1.0", "First release"))
                                .with("migrations", List.of("name", "applied_at"), row("geese", Instant.EPOCH))
                                .with(
                                        "schema_version",
                                        List.of(
                                                "version",
                                                "fingerprint",
                                                "event",
                                                "up_script",
                                                "down_script",
                                                "applied_at"),
                                        row("1", "", "APPLIED", "", "", Instant.EPOCH)))
                        .plan(Target.HEAD)
                        .steps())
                .hasSize(2);
    }

    @Test
    void eachOfSeveralIsNamed() {
        HistoryConflict conflict = conflict(() -> beside(
                        tables().with("schema_migrations", List.of("version", "dirty"), row(20240102L, false))
                                .with("ours_once", FLYWAY, row(1, "1", "SQL", "V1__one.sql", false))
                                .with("changelog", List.of("version", "checksum"), row("1", "a"), row("2", "b")))
                .status());

        assertThat(conflict.problem())
                .contains("the table schema_migrations of golang-migrate is at 20240102; ")
                .contains("the table ours_once of flyway has 1 migration; ")
                .contains("the table changelog of another tool has 2 migrations. What it ran");
    }

    @Test
    void oneThatMayNotBeReadIsThereAllTheSame() {
        TablesInMemory locked = new TablesInMemory(Kind.TABLE) {
            @Override
            public List<Map<String, @Nullable Object>> rows(Table table, int most) {
                throw new HistoryUnusable("The table cannot be read", "Grant it.", null);
            }
        }.with("flyway_schema_history", FLYWAY);

        assertThat(conflict(() -> beside(locked).status()).problem())
                .contains(
                        "flyway_schema_history of flyway is there, and the database user may not read how many it has.");
    }

    @ParameterizedTest
    @ValueSource(strings = {"flyway", "auto", "off"})
    void adoptingByItselfIsRefused(String text) {
        assertThatThrownBy(() -> Adopt.parse(text))
                .isInstanceOf(Refused.class)
                .hasMessage("The setting 'adopt' cannot be '" + text + "': another tool's history is not adopted by"
                        + " itself at a start.\n\nWhat to do: Adopt it once with 'migrations adopt', and leave the"
                        + " setting out; or set it to none if that history has nothing to do with these files.");
    }

    @Test
    void noneIsNone() {
        assertThat(Adopt.parse(" None ")).isEqualTo(Adopt.NONE);
        assertThat(Adopt.parse(null)).isEqualTo(Adopt.ASK);
        assertThat(Adopt.parse("")).isEqualTo(Adopt.ASK);
    }
}
