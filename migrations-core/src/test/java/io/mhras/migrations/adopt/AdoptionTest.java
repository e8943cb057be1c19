package io.mhras.migrations.adopt;

import static io.mhras.migrations.TestMigrations.plain;
import static io.mhras.migrations.TestMigrations.requiring;
import static io.mhras.migrations.TestMigrations.set;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.mhras.migrations.Checksum;
import io.mhras.migrations.Migration;
import io.mhras.migrations.MigrationException.HistoryUnusable;
import io.mhras.migrations.MigrationException.Refused;
import io.mhras.migrations.MigrationScript;
import io.mhras.migrations.MigrationSet;
import io.mhras.migrations.MigrationStep.Origin;
import io.mhras.migrations.MigrationVersion;
import io.mhras.migrations.TableReader;
import io.mhras.migrations.TableReader.Kind;
import io.mhras.migrations.TablesInMemory;
import io.mhras.migrations.adopt.Adoption.Match;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.zip.CRC32;
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
    void flywaysVersionsAreFoundByTheirNumbers() {
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
        assertThat(adoption.notes())
                .contains("R__view.sql is a repeatable without a file here: it is left out.")
                .contains(
                        "whether flyway ran these as they are here was not compared, since flyway keeps no checksum of"
                                + " their text: 001_thing.sql, 002_thing.sql.");
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

    private static int crc32(String... lines) {
        CRC32 crc = new CRC32();
        Arrays.stream(lines).forEach(line -> crc.update(line.getBytes(StandardCharsets.UTF_8)));
        return (int) crc.getValue();
    }

    private static final List<String> WITH_SUMS = List.of(
            "installed_rank",
            "version",
            "type",
            "script",
            "checksum",
            "installed_by",
            "installed_on",
            "execution_time",
            "success");

    @Test
    void whoAppliedItWhenAndHowLongItTookIsKept() {
        Instant then = Instant.parse("2021-05-04T03:02:01Z");

        Adoption adoption = adopted(tables().with(
                        "flyway_schema_history",
                        WITH_SUMS,
                        row(1, "1", "SQL", "V1__one.sql", crc32("create 001"), "ann", then, 1234, true)));

        assertThat(adoption.matches())
                .singleElement()
                .extracting(Match::origin)
                .isEqualTo(new Origin(then, "ann", Duration.ofMillis(1234)));
        assertThat(adoption.notes()).isEmpty();
    }

    @Test
    void aFileThatWasChangedSinceFlywayRanItIsRefused() {
        Refused refused = refused(tables().with(
                        "flyway_schema_history",
                        WITH_SUMS,
                        row(1, "1", "SQL", "V1__one.sql", crc32("create 001"), "ann", null, 1, true),
                        row(2, "2", "SQL", "V2__two.sql", crc32("create another"), "ann", null, 1, true)));

        assertThat(refused.problem())
                .isEqualTo(
                        "Nothing was adopted: these files are not what flyway ran; its checksums are of another text:\n"
                                + "  classpath:db/migration/002_thing.sql, which is V2__two.sql there");
        assertThat(refused.remedy()).startsWith("Put each file back as it was when it ran");
    }

    @Test
    void aRepeatableCountsAsAppliedIfItsTextIsWhatRan() {
        Migration view = repeatable("R__view.sql", "create view v as\r\nselect 'é'\n");
        MigrationSet files = set(plain("001"), view);

        Adoption same = Adoption.of(
                AdoptionSource.ANY,
                tables().with(
                                "flyway_schema_history",
                                WITH_SUMS,
                                row(
                                        1,
                                        null,
                                        "SQL",
                                        "R__view.sql",
                                        crc32("create view v as", "select 'é'"),
                                        "ann",
                                        null,
                                        1,
                                        true)),
                files);
        assertThat(versions(same)).containsExactly("R_view");
        assertThat(same.notes()).isEmpty();

        Adoption changed = Adoption.of(
                AdoptionSource.ANY,
                tables().with(
                                "flyway_schema_history",
                                WITH_SUMS,
                                row(1, null, "SQL", "R__view.sql", 7, "ann", null, 1, true)),
                files);
        assertThat(versions(changed)).isEmpty();
        assertThat(changed.notes())
                .containsExactly(
                        "R__view.sql is a repeatable, and was changed since flyway ran it: it runs again with the"
                                + " next apply.");
    }

    @Test
    void aRepeatableWithAnUnknownPlaceholderIsNotCompared() {
        MigrationSet files = set(repeatable("R__view.sql", "create view ${flyway:defaultSchema}.v as select 1"));

        Adoption adoption = Adoption.of(
                AdoptionSource.ANY,
                tables().with(
                                "flyway_schema_history",
                                WITH_SUMS,
                                row(1, null, "SQL", "R__view.sql", 7, "ann", null, 1, true)),
                files);

        assertThat(versions(adoption)).isEmpty();
        assertThat(adoption.notes())
                .containsExactly(
                        "R__view.sql is a repeatable, and was not compared with what flyway ran, since the values"
                                + " of its placeholders then are not known here: it runs again with the next apply.");
    }

    private static Migration repeatable(String name, String text) {
        return new Migration(
                MigrationVersion.of("R_view"),
                "view",
                null,
                MigrationScript.ofText(name, "classpath:db/migration/" + name, text),
                null,
                null);
    }

    private static final List<String> PRISMA = List.of(
            "id",
            "checksum",
            "finished_at",
            "migration_name",
            "logs",
            "rolled_back_at",
            "started_at",
            "applied_steps_count");

    private static List<@Nullable Object> prisma(
            String name, String text, int second, @Nullable Instant finished, @Nullable Instant rolledBack) {
        return row(name, Checksum.of(text), finished, name, null, rolledBack, Instant.EPOCH.plusSeconds(second), 1);
    }

    @Test
    void whatPrismaDidNotFinishIsNamedAllOfIt() {
        for (AdoptionSource source :
                List.of(AdoptionSource.ANY, new AdoptionSource(OtherTool.LIST, null, "_prisma_migrations"))) {
            Refused refused = refused(
                    source,
                    tables().with(
                                    "_prisma_migrations",
                                    PRISMA,
                                    prisma("001_a", "create 001\n", 1, Instant.EPOCH.plusSeconds(2), null),
                                    prisma("002_b", "create 002\n", 3, null, null),
                                    prisma("003_c", "create 003\n", 4, Instant.EPOCH, Instant.EPOCH)),
                    three);

            assertThat(refused.problem())
                    .isEqualTo("Nothing was adopted: prisma says that 002_b failed, or is not finished, that 003_c was"
                            + " rolled back.");
            assertThat(refused.remedy()).contains("'migrate resolve'");
        }
    }

    @Test
    void whatPrismaFinishedInTheEndIsTakenOverIfItsTextIsTheSame() {
        Adoption adoption = adopted(tables().with(
                        "_prisma_migrations",
                        PRISMA,
                        prisma("001_a", "create 001\r\n", 1, Instant.EPOCH.plusSeconds(2), null),
                        prisma("002_b", "create 002\n", 3, null, Instant.EPOCH.plusSeconds(4)),
                        prisma("002_b", "create 002\n", 5, Instant.EPOCH.plusSeconds(7), null)));
        assertThat(versions(adoption)).containsExactly("001", "002");
        assertThat(adoption.notes()).isEmpty();
        assertThat(adoption.matches().get(1).origin())
                .isEqualTo(new Origin(Instant.EPOCH.plusSeconds(7), null, Duration.ofSeconds(2)));

        assertThat(refused(tables().with(
                                        "_prisma_migrations",
                                        PRISMA,
                                        prisma("001_a", "create other\n", 1, Instant.EPOCH.plusSeconds(2), null)))
                        .problem())
                .contains("these files are not what prisma ran")
                .endsWith("001_thing.sql, which is 001_a there");
    }

    @Test
    void gooseSaysByItsNewestRowWhetherAVersionIsApplied() {
        Adoption adoption = adopted(tables().with(
                        "goose_db_version",
                        List.of("id", "version_id", "is_applied", "tstamp"),
                        row(1, 0L, true, Instant.EPOCH),
                        row(2, 1L, true, Instant.EPOCH),
                        row(3, 2L, true, Instant.EPOCH),
                        row(4, 2L, false, Instant.EPOCH),
                        row(5, 3L, false, Instant.EPOCH),
                        row(6, 2L, true, Instant.EPOCH.plusSeconds(9)),
                        row(7, 1L, false, Instant.EPOCH),
                        row(8, 1L, true, Instant.EPOCH)));

        assertThat(adoption.tool()).isEqualTo(OtherTool.GOOSE);
        assertThat(versions(adoption)).containsExactly("002", "001");
        assertThat(adoption.matches().get(0).origin().appliedAt()).isEqualTo(Instant.EPOCH.plusSeconds(9));
    }

    @Test
    void aFileOfSqlxIsComparedByItsOwnSum() {
        List<String> columns =
                List.of("version", "description", "installed_on", "success", "checksum", "execution_time");
        TablesInMemory tables = tables().with(
                        "_sqlx_migrations",
                        columns,
                        row(1L, "one", Instant.EPOCH, true, sha384("create 001\n"), 5_000_000L));
        assertThat(adopted(tables).matches())
                .singleElement()
                .extracting(Match::origin)
                .isEqualTo(new Origin(Instant.EPOCH, null, Duration.ofMillis(5)));
        assertThat(refused(tables().with(
                                        "_sqlx_migrations",
                                        columns,
                                        row(1L, "one", Instant.EPOCH, true, sha384("another"), 5L)))
                        .problem())
                .contains("these files are not what sqlx ran");
        assertThat(refused(tables().with(
                                        "_sqlx_migrations",
                                        columns,
                                        row(1L, "one", Instant.EPOCH, false, sha384("create 001\n"), 5L)))
                        .problem())
                .endsWith("sqlx says that 1 failed.");
    }

    private static byte[] sha384(String text) {
        try {
            return MessageDigest.getInstance("SHA-384").digest(text.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void aTableOfAnotherNameIsKnownByAColumnOfItsOwn() {
        assertThat(adopted(tables().with("our_flyway", FLYWAY, row(1, "1", "SQL", "V1__one.sql", true)))
                        .tool())
                .isEqualTo(OtherTool.FLYWAY);
        assertThat(refused(tables().with("flyway_schema_history", FLYWAY, row(1, "1", "SQL", "V1__one.sql", true))
                                .with("our_flyway", FLYWAY, row(1, "1", "SQL", "V1__one.sql", true)))
                        .problem())
                .endsWith("there are several tables of flyway: flyway_schema_history, our_flyway.");
    }

    @Test
    void aListsRowsThatWereTakenBackOrNotFinishedAreRefused() {
        assertThat(refused(tables().with(
                                        "migrations",
                                        List.of("version", "rolled_back_at"),
                                        row("001", null),
                                        row("002", Instant.EPOCH)))
                        .problem())
                .endsWith("list says that 002 is not simply applied: rolled_back_at is 1970-01-01T00:00:00Z.");
        assertThat(refused(tables().with("migrations", List.of("version", "finished_at"), row("001", null)))
                        .problem())
                .endsWith("list says that 001 is not simply applied: finished_at is empty.");
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
    void eachBranchThatAlembicIsAtIsTakenOver() {
        MigrationSet branches = set(plain("001"), requiring("002", "001"), requiring("003", "001"));
        TablesInMemory tables = tables().with("alembic_version", List.of("version_num"), row("003"), row("002"));

        assertThat(versions(Adoption.of(AdoptionSource.ANY, tables, branches)))
                .containsExactlyInAnyOrder("001", "002", "003");
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
                .contains("there is no table of another tool in sight: of none of flyway, liquibase, alembic,");
        assertThat(anyTable.remedy()).contains("'from-table' and 'from-schema'");

        Refused collection = refused(new AdoptionSource(OtherTool.MONGOCK, null, "changes"), collections(), three);
        assertThat(collection.problem()).endsWith("there is no collection changes of mongock in sight.");
        assertThat(collection.remedy()).contains("'from-table'").doesNotContain("from-schema");
    }

    @Test
    void aToolThatKeepsNoHistoryInSuchIsRefused() {
        Refused refused = refused(new AdoptionSource(OtherTool.ALEMBIC, null, "x"), collections(), three);

        assertThat(refused.problem()).endsWith("alembic keeps its history in no collection.");
        assertThat(refused.remedy())
                .contains("flyway, liquibase, golang-migrate, typeorm, migrate-mongo, mongock, list");
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
            public List<Map<String, @Nullable Object>> rows(Table table, int most) {
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
