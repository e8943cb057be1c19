package io.mhras.migrations.adopt;

import static io.mhras.migrations.TestMigrations.plain;
import static io.mhras.migrations.TestMigrations.requiring;
import static io.mhras.migrations.TestMigrations.set;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.mhras.migrations.MigrationException.HistoryUnusable;
import io.mhras.migrations.MigrationException.Refused;
import io.mhras.migrations.MigrationSet;
import io.mhras.migrations.MigrationVersion;
import io.mhras.migrations.TableReader;
import io.mhras.migrations.TableReader.Kind;
import io.mhras.migrations.TablesInMemory;
import io.mhras.migrations.Target;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Other tools' histories as a driver answers with them: rows as maps, without a database. */
class AdoptionTest {

    private static final List<String> FLYWAY = List.of("installed_rank", "version", "type", "script", "success");
    private static final List<String> LIQUIBASE = List.of("orderexecuted", "id", "author", "filename", "exectype");
    private static final List<String> MONGOCK =
            List.of("timestamp", "changeid", "author", "state", "type", "changelogclass", "systemchange");

    private final MigrationSet three = set(plain("001"), plain("002"), plain("003"));

    private static TablesInMemory tables() {
        return new TablesInMemory(Kind.TABLE);
    }

    private static TablesInMemory collections() {
        return new TablesInMemory(Kind.COLLECTION);
    }

    private Adoption adopted(TableReader reader) {
        return Adoption.of(AdoptionSource.ANY, reader, three);
    }

    private Refused refused(TableReader reader) {
        return refused(AdoptionSource.ANY, reader, three);
    }

    private static Refused refused(AdoptionSource source, TableReader reader, MigrationSet files) {
        Refused refused = catchThrowableOfType(Refused.class, () -> Adoption.of(source, reader, files));
        assertThat(refused.problem()).startsWith("Nothing was adopted: ");
        // The front end decides how an option or a verb is written.
        assertThat(refused.getMessage()).doesNotContain(" --", "mhras.");
        return refused;
    }

    private static List<String> versions(Adoption adoption) {
        return adoption.names().keySet().stream()
                .map(MigrationVersion::toString)
                .toList();
    }

    private static List<@Nullable Object> row(@Nullable Object... values) {
        return Arrays.asList(values);
    }

    @Test
    void flywaysVersionsAreFoundByTheirNumbersAndItsRepeatablesRunAgain() {
        Adoption adoption = adopted(tables().with(
                        "flyway_schema_history",
                        FLYWAY,
                        row(3, null, "SQL", "R__view.sql", true),
                        row(2, "2", "SQL", "V2__two.sql", true),
                        row(1, "1", "SQL", "V1__one.sql", true),
                        row(0, null, "SCHEMA", "\"made\"", true)));

        assertThat(adoption.tool()).isEqualTo(OtherTool.FLYWAY);
        assertThat(versions(adoption)).containsExactly("001", "002");
        assertThat(adoption.names().values()).hasToString("[[V1__one.sql], [V2__two.sql]]");
        assertThat(adoption.repeatables()).containsExactly("R__view.sql");
        assertThat(adoption.targets()).containsExactly(new Target.Version("002"));
    }

    @Test
    void whatFlywayTookBackOrForgotIsNotApplied() {
        assertThat(versions(adopted(tables().with(
                                "flyway_schema_history",
                                FLYWAY,
                                row(1, "1", "SQL", "V1__one.sql", true),
                                row(2, "2", "SQL", "V2__two.sql", true),
                                row(3, "2", "UNDO_SQL", "U2__two.sql", true),
                                row(4, "3", "SQL", "V3__three.sql", true),
                                row(5, "3", "DELETE", "V3__three.sql", true)))))
                .containsExactly("001");
    }

    @Test
    void flywaysBaselineStandsForAllUpToIt() {
        assertThat(versions(adopted(tables().with(
                                "flyway_schema_history",
                                FLYWAY,
                                row(1, "2", "BASELINE", "<< Flyway Baseline >>", true)))))
                .containsExactly("001", "002");
    }

    @Test
    void whatFailedThereIsRefused() {
        Refused refused =
                refused(tables().with("flyway_schema_history", FLYWAY, row(1, "1", "SQL", "V1__one.sql", false)));

        assertThat(refused.problem()).isEqualTo("Nothing was adopted: flyway says that V1__one.sql failed.");
        assertThat(refused.remedy()).endsWith("; then adopt again.");
    }

    @Test
    void aChangeOfLiquibaseIsFoundByItsFileOrByItsId() {
        Adoption adoption = adopted(tables().with(
                        "databasechangelog",
                        LIQUIBASE,
                        row(1, "a", "ann", "db/001_one.xml", "EXECUTED"),
                        row(2, "2-consent", "ann", "db/changelog.xml", "MARK_RAN"),
                        row(3, "003", "ann", "db/changelog.xml", "SKIPPED")));

        assertThat(adoption.names().values())
                .hasToString("[[db/001_one.xml::a::ann], [db/changelog.xml::2-consent::ann]]");
        assertThat(versions(adopted(collections()
                        .with("DATABASECHANGELOG", LIQUIBASE, row(1, "1", "ann", "db/changelog.xml", "EXECUTED")))))
                .containsExactly("001");
    }

    @Test
    void aRevisionOfAlembicStandsForAllThatItRequires() {
        MigrationSet branches = set(plain("001"), requiring("002", "001"), requiring("003", "001"));
        TablesInMemory tables = tables().with("alembic_version", List.of("version_num"), row("003"));

        assertThat(versions(Adoption.of(AdoptionSource.ANY, tables, branches))).containsExactly("001", "003");
        assertThat(versions(adopted(tables))).containsExactly("001", "002", "003");
    }

    @Test
    void eachBranchThatAlembicIsAtIsATargetOfItsOwn() {
        MigrationSet branches = set(plain("001"), requiring("002", "001"), requiring("003", "001"));
        TablesInMemory tables = tables().with("alembic_version", List.of("version_num"), row("003"), row("002"));

        assertThat(Adoption.of(AdoptionSource.ANY, tables, branches).targets())
                .extracting(Object::toString)
                .containsExactlyInAnyOrder("002", "003");
    }

    @Test
    void twoToolsThatGiveTheirTableOneNameAreToldApartByItsColumns() {
        Adoption golang = adopted(tables().with("schema_migrations", List.of("version", "dirty"), row(2L, false)));
        Adoption dbmate = adopted(tables().with("schema_migrations", List.of("version"), row("002"), row("001")));

        assertThat(golang.tool()).isEqualTo(OtherTool.GOLANG_MIGRATE);
        assertThat(versions(golang)).containsExactly("001", "002");
        assertThat(dbmate.tool()).isEqualTo(OtherTool.DBMATE);
        assertThat(versions(dbmate)).containsExactly("001", "002");
        assertThat(refused(tables().with("schema_migrations", List.of("version", "dirty"), row(2L, true)))
                        .problem())
                .contains("version 2 is dirty");
    }

    @Test
    void migrateMongosFilesAreTakenInTheOrderOfTheirTimes() {
        Adoption adoption = adopted(collections()
                .with(
                        "changelog",
                        List.of("filename", "appliedat"),
                        row("002-two.js", Instant.EPOCH.plusSeconds(5)),
                        row("001-one.js", Instant.EPOCH)));

        assertThat(adoption.tool()).isEqualTo(OtherTool.MIGRATE_MONGO);
        assertThat(adoption.names().values()).hasToString("[[001-one.js], [002-two.js]]");
    }

    @Test
    void whatMongockSaidLastOfAChangeCounts() {
        Adoption adoption = adopted(collections()
                .with(
                        "mongockChangeLog",
                        MONGOCK,
                        mongock(6, "001-one", "IGNORED", "EXECUTION"),
                        mongock(5, "002-two", "ROLLED_BACK", "EXECUTION"),
                        mongock(4, "002-two", "EXECUTED", "EXECUTION"),
                        mongock(3, "001-one", "EXECUTED", "EXECUTION"),
                        mongock(2, "001-one", "FAILED", "EXECUTION"),
                        mongock(1, "001-one_before", "EXECUTED", "BEFORE_EXECUTION"),
                        row(Instant.EPOCH, "system-1", "mongock", "EXECUTED", "EXECUTION", "org.clinic.Change", true),
                        row(Instant.EPOCH, "legacy", "mongock", "EXECUTED", "EXECUTION", "io.mongock.Legacy", false)));

        assertThat(adoption.names()).hasToString("{001=[001-one::ann]}");
        assertThat(refused(collections()
                                .with(
                                        "mongockChangeLog",
                                        MONGOCK,
                                        mongock(1, "001-one", "ROLLBACK_FAILED", "EXECUTION")))
                        .problem())
                .endsWith("mongock says that the change 001-one is ROLLBACK_FAILED.");
    }

    private static List<@Nullable Object> mongock(int second, String id, String state, String type) {
        return row(Instant.EPOCH.plusSeconds(second), id, "ann", state, type, "org.clinic.Change", false);
    }

    @Test
    void aListIsReadByWhicheverColumnNamesTheMigration() {
        assertThat(versions(adopted(tables().with(
                                "migrations", List.of("id", "file_name"), row(7, "db/V2.sql"), row(8, "001_one.sql")))))
                .containsExactlyInAnyOrder("001", "002");
        assertThat(refused(tables().with(
                                        "migrations",
                                        List.of("name", "status"),
                                        row("001", "done"),
                                        row("002", "failed")))
                        .problem())
                .endsWith("list says that 002 is not simply applied: status is failed.");
        assertThat(refused(tables().with("migrations", List.of("version", "applied"), row("001", false)))
                        .problem())
                .endsWith("001 is not simply applied: applied is false.");
    }

    @Test
    void aKnownToolComesBeforeAList() {
        assertThat(adopted(tables().with("migrations", List.of("version"), row("003"))
                                .with("alembic_version", List.of("version_num"), row("001")))
                        .tool())
                .isEqualTo(OtherTool.ALEMBIC);
    }

    @Test
    void ofTwoToolsOneHasToBeNamed() {
        TablesInMemory both = tables().with("schema_migrations", List.of("version"), row("001"))
                .with("alembic_version", List.of("version_num"), row("002"));

        Refused refused = refused(both);
        assertThat(refused.problem()).endsWith("there are tables of alembic, dbmate.");
        assertThat(refused.remedy()).contains("'from'");
        assertThat(versions(Adoption.of(new AdoptionSource(OtherTool.DBMATE, null, null), both, three)))
                .containsExactly("001");
    }

    @Test
    void whatIsNotThereIsNamed() {
        Refused anyTable = refused(tables());
        assertThat(anyTable.problem())
                .endsWith("there is no table flyway_schema_history, no databasechangelog, no alembic_version, no"
                        + " schema_migrations, no migrations of another tool in sight.");
        assertThat(anyTable.remedy()).contains("'from-table' and 'from-schema'");

        Refused collection = refused(new AdoptionSource(OtherTool.MONGOCK, null, "changes"), collections(), three);
        assertThat(collection.problem()).endsWith("there is no collection changes of mongock in sight.");
        assertThat(collection.remedy()).contains("'from-table'").doesNotContain("from-schema");
    }

    @Test
    void aToolThatKeepsNoHistoryInSuchIsRefused() {
        Refused refused = refused(new AdoptionSource(OtherTool.ALEMBIC, null, "x"), collections(), three);

        assertThat(refused.problem()).endsWith("alembic keeps its history in no collection.");
        assertThat(refused.remedy()).contains("flyway, liquibase, golang-migrate, migrate-mongo, mongock, list");
    }

    @Test
    void aTableWithOtherColumnsIsNotTheTools() {
        Refused refused = refused(
                new AdoptionSource(OtherTool.ALEMBIC, "old", "versions"),
                tables().with("versions", List.of("other"), row("001")),
                three);

        assertThat(refused.problem()).endsWith("the table old.versions cannot be read: it is none of alembic's.");
    }

    @Test
    void whatTheUserMayNotReadIsRefused() {
        TableReader locked = new TablesInMemory(Kind.TABLE) {
            @Override
            public List<Map<String, @Nullable Object>> rows(Table table) {
                throw new HistoryUnusable("The table " + table.name() + " cannot be read: no right", "Grant it.", null);
            }
        }.with("alembic_version", List.of("version_num"), row("001"));

        assertThat(refused(locked).problem())
                .isEqualTo("Nothing was adopted: the table alembic_version cannot be read: no right");
    }

    @Test
    void whatHasNoFileHereIsNamedAndALongListIsCut() {
        assertThat(refused(tables().with("schema_migrations", List.of("version"), row("001"), row("2a4f1b"), row("9")))
                        .problem())
                .endsWith("dbmate has applied what there is no file for here:\n  2a4f1b\n  9");

        TablesInMemory many = tables().with(
                        "schema_migrations",
                        List.of("version"),
                        IntStream.range(100, 123).mapToObj(AdoptionTest::row).toArray(List<?>[]::new));
        assertThat(refused(many).problem()).contains("  119\n").endsWith("\n  and 3 more");
    }

    @Test
    void whatWasLeftOutThereIsNamed() {
        Refused refused = refused(tables().with("schema_migrations", List.of("version"), row("001"), row("003")));

        assertThat(refused.problem()).endsWith("dbmate has not applied these, but later ones:\n  002_thing.sql");
        assertThat(refused.remedy()).contains("migrate:requires");
    }

    @Test
    void aHistoryWithNothingInItAdoptsNothing() {
        TablesInMemory tables = tables().with("versions", List.of("version_num"));
        assertThat(Adoption.of(new AdoptionSource(OtherTool.ALEMBIC, null, "versions"), tables, three)
                        .names())
                .isEmpty();
    }

    @Test
    void aToolIsKnownByItsNameInWhateverCase() {
        assertThat(OtherTool.named("Golang-Migrate")).contains(OtherTool.GOLANG_MIGRATE);
        assertThat(OtherTool.named("sqitch")).isEmpty();
        assertThat(OtherTool.keptIn(Kind.COLLECTION))
                .contains(OtherTool.MONGOCK)
                .doesNotContain(OtherTool.DBMATE);
    }
}
