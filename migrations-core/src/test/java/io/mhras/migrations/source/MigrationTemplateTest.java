package io.mhras.migrations.source;

import static io.mhras.migrations.TestMigrations.script;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mhras.migrations.DatabaseKind;
import io.mhras.migrations.Migration;
import io.mhras.migrations.MigrationException.InvalidTarget;
import io.mhras.migrations.MigrationVersion;
import io.mhras.migrations.source.MigrationTemplate.NewFile;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** New files go on in the way of those that there are. */
class MigrationTemplateTest {

    private static final Clock CLOCK = Clock.fixed(Instant.parse("2025-10-30T15:30:12Z"), ZoneOffset.UTC);

    @TempDir
    private Path path;

    private MigrationTemplate template(DatabaseKind kind, String... names) {
        MigrationFolder folder = new MigrationFolder(path);
        for (String name : names) {
            folder.with(name, "SELECT 1;\n");
        }
        return new MigrationTemplate(folder.loader(kind, Map.of()).load(), kind, CLOCK);
    }

    private static List<String> names(List<NewFile> files) {
        return files.stream().map(NewFile::name).toList();
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
            '',                            001_add_user.sql,              001_add_user.down.sql
            002_a.sql,                     003_add_user.sql,              003_add_user.down.sql
            999_a.sql,                     1000_add_user.sql,             1000_add_user.down.sql
            0009_a.sql 0008_b.sql,         0010_add_user.sql,             0010_add_user.down.sql
            1.2.9_a.sql,                   1.2.10_add_user.sql,           1.2.10_add_user.down.sql
            7__a.sql,                      8__add_user.sql,               8__add_user.down.sql
            V1_2__a.sql,                   V1_3__add_user.sql,            U1_3__add_user.sql
            V1.2__a.sql U1.2__a.sql,       V1.3__add_user.sql,            U1.3__add_user.sql
            V1__a.sql V1__a.down.sql,      V2__add_user.sql,              V2__add_user.down.sql
            000001_a.up.sql,               000002_add_user.up.sql,        000002_add_user.down.sql
            20251029_0900_a.sql,           20251030_1530_add_user.sql,    20251030_1530_add_user.down.sql
            20251029_090000_a.sql,         20251030_153012_add_user.sql,  20251030_153012_add_user.down.sql
            20251029090000_a.sql,          20251030153012_add_user.sql,   20251030153012_add_user.down.sql
            20251030_1530_a.sql,           20251030_1531_add_user.sql,    20251030_1531_add_user.down.sql
            20251231_2359_a.sql,           20260101_0000_add_user.sql,    20260101_0000_add_user.down.sql
            1-a.sql,                       2-add-user.sql,                2-add-user.down.sql
            1.a.sql,                       2.add_user.sql,                2.add_user.down.sql
            1.sql,                         2_add_user.sql,                2_add_user.down.sql
            V0001.Name.up.sql,             V0002.add_user.up.sql,         V0002.add_user.down.sql
            2024-01-02-030405_a.sql,       2025-10-30-153012_add_user.sql, 2025-10-30-153012_add_user.down.sql
            2024-01-02_a.sql,              2025-10-30_add_user.sql,       2025-10-30_add_user.down.sql
            2024-01-02-030405_a/up.sql,    2025-10-30-153012_add_user/up.sql, 2025-10-30-153012_add_user/down.sql
            20240101_a/migration.sql,      20251030_add_user/migration.sql, 20251030_add_user/down.sql
            001_a/up.sql 001_a/down.sql,   002_add_user/up.sql,           002_add_user/down.sql
            20251030_a.sql,                20251031_add_user.sql,         20251031_add_user.down.sql
            20259999_a.sql,                20260000_add_user.sql,         20260000_add_user.down.sql
            123456789012345678901_a.sql,   123456789012345678902_add_user.sql, 123456789012345678902_add_user.down.sql
            """)
    void theNextFileIsNamedAsTheNewestOne(String present, String up, String down) {
        MigrationTemplate template =
                template(DatabaseKind.POSTGRESQL, present.isEmpty() ? new String[0] : present.split(" +"));

        List<NewFile> files = template.change("add user", template.next(), List.of());

        assertThat(names(files)).containsExactly(up, down);
    }

    @Test
    void wordsStayInTheirComment() {
        MigrationTemplate template = template(DatabaseKind.MONGODB);

        assertThat(template.change("add user\u2028db.dropDatabase()\u001b", template.next(), List.of()))
                .first()
                .extracting(NewFile::text)
                .asString()
                .startsWith("// add user\\u2028db.dropDatabase()\\x1b\n");
    }

    @Test
    void whatIsWrittenIsReadBackAsOneMigration() {
        MigrationTemplate template = template(DatabaseKind.POSTGRESQL, "001_a.sql", "002_b.sql", "003_c.sql");
        List<MigrationVersion> heads = List.of(MigrationVersion.of("002"), MigrationVersion.of("003"));

        for (List<NewFile> files : List.of(
                template.change("Add user e-mail!", template.version("4"), heads),
                template.merge("merge 002 and 003", template.version("5"), heads))) {
            files.forEach(file -> new MigrationFolder(path).with(file.name(), file.text()));
        }

        Migration change = new MigrationFolder(path).load("004");
        assertThat(change.description()).isEqualTo("add user e mail");
        assertThat(change.requires()).isEqualTo(heads);
        assertThat(script(change.up()).text()).isEqualTo("""
                        -- Add user e-mail!
                        -- migrate:requires 002, 003

                        DO $$ BEGIN RAISE EXCEPTION 'Write the change here.'; END $$;
                        """);
        assertThat(change.down()).isNotNull();
        Migration merge = new MigrationFolder(path).load("005");
        assertThat(merge.requires()).isEqualTo(heads);
        assertThat(script(merge.up()).text()).contains("-- migrate:requires 002, 003\n");
        assertThat(merge.down()).isNotNull();
    }

    @Test
    void ofMongoDbTheCommentsAreThoseOfJavaScript() {
        MigrationTemplate template = template(DatabaseKind.MONGODB, "001_a.js", "007_a.sql");

        List<NewFile> files = template.change("add users", template.next(), List.of(MigrationVersion.of("001")));

        assertThat(files.get(0))
                .isEqualTo(new NewFile(
                        "002_add_users.js",
                        "// add users\n// migrate:requires 001\n\nthrow new Error(\"Write the change here.\");\n"));
        assertThat(files.get(1).name()).isEqualTo("002_add_users.down.js");
    }

    @Test
    void aRepeatableHasNoVersionAndNoWayBack() {
        assertThat(template(DatabaseKind.POSTGRESQL, "001_a.sql")
                        .repeatable("active patients", List.of())
                        .name())
                .isEqualTo("R_active_patients.sql");
        assertThat(template(DatabaseKind.POSTGRESQL, "R__b.sql")
                        .repeatable("active patients", List.of())
                        .name())
                .isEqualTo("R__active_patients.sql");
        assertThatThrownBy(() -> template(DatabaseKind.POSTGRESQL).repeatable("b", List.of()))
                .isInstanceOf(InvalidTarget.class)
                .hasMessageContaining("There is a repeatable migration 'b' already: filesystem:" + path + "/R__b.sql.");
    }

    @Test
    void aTimeCanFollowANumber() {
        assertThat(template(DatabaseKind.POSTGRESQL, "002_a.sql").nextTime()).hasToString("20251030153012");
        assertThat(template(DatabaseKind.POSTGRESQL, "20251029_0900_a.sql").nextTime())
                .hasToString("20251030_1530");
    }

    @Test
    void aVersionIsAsWideAsTheOthersAndNotTaken() {
        assertThat(template(DatabaseKind.POSTGRESQL, "002_a.sql").version("4")).hasToString("004");
        assertThat(template(DatabaseKind.POSTGRESQL).version("1.5")).hasToString("1.5");
        assertThatThrownBy(() -> template(DatabaseKind.POSTGRESQL).version("2"))
                .isInstanceOf(InvalidTarget.class)
                .hasMessage("There is a migration 002 already: filesystem:" + path
                        + "/002_a.sql.\n\nWhat to do: Take another version; the next one is 003.");
        assertThatThrownBy(() -> template(DatabaseKind.POSTGRESQL).version("ae1027a6acf"))
                .isInstanceOf(InvalidTarget.class)
                .hasMessageContaining("'ae1027a6acf' is not a version.");
    }

    @Test
    void wordsThatWouldBeReadAsPartOfTheVersionStandApart() {
        MigrationTemplate template = template(DatabaseKind.POSTGRESQL, "20251029_a.sql");

        List<NewFile> files = template.change("2025 budget", MigrationVersion.of("20251030"), List.of());

        assertThat(files.get(0).name()).isEqualTo("20251030__2025_budget.sql");
    }

    @Test
    void aNameHasLettersAndDigitsAndIsNotEndless() {
        MigrationTemplate template = template(DatabaseKind.POSTGRESQL);
        MigrationVersion first = template.next();

        assertThat(names(template.change("  Größe/of\\the: Würfel.sql ", first, List.of()))
                        .get(0))
                .isEqualTo("001_größe_of_the_würfel_sql.sql");
        assertThat(names(template.change("many words ".repeat(30), first, List.of()))
                        .get(0))
                .hasSizeLessThan(70)
                .endsWith("_many.sql");
        assertThat(names(template.change("x".repeat(300), first, List.of())).get(0))
                .hasSizeLessThan(70);
        assertThatThrownBy(() -> template.change("--!", first, List.of()))
                .isInstanceOf(InvalidTarget.class)
                .hasMessageContaining("'--!' has nothing that can stand in a file's name.");
    }

    @Test
    void aTitleIsNoOption() {
        List<NewFile> files = template(DatabaseKind.POSTGRESQL)
                .change("migrate:transaction\nnone", MigrationVersion.of("1"), List.of());

        assertThat(files.get(0).text()).startsWith("-- migrate transaction none\n");
    }
}
