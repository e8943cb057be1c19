package io.mhras.migrations.source;

import static io.mhras.migrations.TestMigrations.script;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.mhras.migrations.DatabaseKind;
import io.mhras.migrations.Migration;
import io.mhras.migrations.MigrationBody;
import io.mhras.migrations.MigrationException.InvalidMigration;
import io.mhras.migrations.MigrationScript;
import io.mhras.migrations.MigrationSet;
import io.mhras.migrations.MigrationVersion;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MigrationLoaderTest {

    @TempDir
    Path path;

    private MigrationFolder folder;

    @BeforeEach
    void begin() {
        folder = new MigrationFolder(path);
    }

    private MigrationLoader loader(String... locations) {
        return new MigrationLoader(
                List.of(locations),
                DatabaseKind.POSTGRESQL,
                Map.of(),
                getClass().getClassLoader());
    }

    @Test
    void aBaselineMayStandBesideTheMigrationOfItsVersionOrInItsPlace() {
        folder.with("001_a.sql", "SELECT 1;")
                .with("002_b.sql", "SELECT 2;")
                .with("002_all.baseline.sql", "SELECT 3;")
                .with("B004__all.sql", "SELECT 4;")
                .with("005_e.sql", "-- migrate:requires 003\nSELECT 5;");

        MigrationSet set = folder.load();

        assertThat(set.migrations())
                .extracting(migration -> migration.up().name())
                .containsExactly("001_a.sql", "002_b.sql", "005_e.sql");
        assertThat(set.baselines())
                .extracting(migration -> migration.up().name())
                .containsExactly("002_all.baseline.sql", "B004__all.sql");
        assertThat(set.newest()).contains(MigrationVersion.of("005"));
        assertThat(set.heads()).extracting(MigrationVersion::toString).contains("005");

        folder.with("006_f.sql", "-- migrate:requires 0055\nSELECT 6;");
        assertThatThrownBy(folder::load).hasMessageContaining("it requires 0055, and there is no such migration.");
    }

    @Test
    void aBaselineHasNoWayBackAndRequiresNothing() {
        folder.with("B004__all.sql", "-- migrate:requires 003\nSELECT 4;");
        assertThatThrownBy(folder::load).hasMessageContaining("'migrate:requires' means nothing in a baseline script.");

        folder.with("B004__all.sql", "SELECT 4;").with("B004__all.down.sql", "SELECT 5;");
        assertThatThrownBy(folder::load).hasMessageContaining("'B004__all.down.sql' is not the name of a migration.");
    }

    @Test
    void twoBaselinesOfOneVersionAreRefused() {
        folder.with("B004__all.sql", "SELECT 4;").with("004_all.baseline.sql", "SELECT 4;");
        assertThatThrownBy(folder::load).hasMessageContaining("two baseline scripts have version 4: ");
    }

    @Test
    void whatScriptsOfMongoDbLoadIsNoMigration() {
        folder.with("001_people.js", "load('lib/people.js');")
                .with("lib/people.js", "db.people.insertOne({});")
                .with("sub/002_more.js", "load('lib/more.js');")
                .with("sub/lib/more.js", "db.more.insertOne({});");

        assertThat(scripts(path)).containsExactly("001_people.js", "002_more.js");

        folder.with("people.js", "db.people.insertOne({});");
        assertThatThrownBy(() -> scripts(path))
                .hasMessageContaining("'people.js' is not the name of a migration.")
                .hasMessageEndingWith("\nWhat other scripts load() belongs into a folder 'lib'.");
        assertThatThrownBy(() -> scripts(path.resolve("lib"))).hasMessageContaining("'people.js' is not the name");
    }

    @Test
    void aLocationWhoseNameEndsLikeLibraryIsNone() {
        folder.with("mylib/001_people.js", "load('lib/people.js');")
                .with("mylib/lib/people.js", "db.people.insertOne({});");

        assertThat(scripts(path.resolve("mylib"))).containsExactly("001_people.js");
    }

    @ParameterizedTest
    @ValueSource(strings = {"lib", "lib/", "./lib", "filesystem:lib", "db\\lib\\", "db/lib"})
    void aLocationThatIsItselfALibrary(String location) {
        assertThat(MigrationLoader.isLibrary(location)).isTrue();
        assertThat(MigrationLoader.isLibrary(location.replace("lib", "mylib"))).isFalse();
    }

    private List<String> scripts(Path location) {
        return new MigrationLoader(
                        List.of(location.toString()),
                        DatabaseKind.MONGODB,
                        Map.of(),
                        getClass().getClassLoader())
                .load().migrations().stream()
                        .map(migration -> migration.up().name())
                        .toList();
    }

    @Test
    void scriptsOfOneVersionArePaired() {
        folder.with("001_users.sql", "CREATE TABLE users ();")
                .with("1_users.down.sql", "DROP TABLE users;")
                .with("sub/folder/0001_users.verify.sql", "SELECT true;")
                .with("R__active.sql", "SELECT 2;")
                .with("readme.md", "not looked at")
                .with(".001_users.sql.swp", "not looked at")
                .with(".#001_users.sql", "not looked at");

        List<Migration> migrations = folder.load().migrations();

        assertThat(migrations).hasSize(2);
        Migration users = migrations.get(0);
        assertThat(users.version()).hasToString("001");
        assertThat(users.description()).isEqualTo("users");
        assertThat(users.requires()).isNull();
        assertThat(users.up().name()).isEqualTo("001_users.sql");
        assertThat(users.up().location()).isEqualTo(folder.location("001_users.sql"));
        assertThat(script(users.up()).text()).isEqualTo("CREATE TABLE users ();");
        assertThat(users.down()).extracting(MigrationBody::name).isEqualTo("1_users.down.sql");
        assertThat(users.verify())
                .extracting(MigrationScript::location)
                .isEqualTo(folder.location("sub/folder/0001_users.verify.sql"));
        assertThat(migrations.get(1).isRepeatable()).isTrue();
    }

    @Test
    void flywaysAndGolangMigratesNamesAreReadAsTheyAre() {
        folder.with("V1_2__users.sql", "SELECT 1;")
                .with("U1_2__users.sql", "SELECT 2;")
                .with("000003_roles.up.sql", "SELECT 3;")
                .with("000003_roles.down.sql", "SELECT 4;");

        assertThat(folder.load().migrations())
                .extracting(migration -> migration.version() + " "
                        + migration.up().name() + " "
                        + (migration.down() == null ? "" : migration.down().name()))
                .containsExactly(
                        "1_2 V1_2__users.sql U1_2__users.sql", "000003 000003_roles.up.sql 000003_roles.down.sql");
    }

    @Test
    void aMigrationMayHaveAFolderOfItsOwn() {
        folder.with("00000000000000_diesel_initial_setup/up.sql", "SELECT 1;")
                .with("2024-01-02-030405_users/up.sql", "SELECT 1;")
                .with("2024-01-02-030405_users/down.sql", "SELECT 2;")
                .with("2024-01-02-030405_users/metadata.toml", "run_in_transaction = false")
                .with("20240103_roles/migration.sql", "SELECT 3;")
                .with("migration_lock.toml", "provider = \"postgresql\"")
                .with("2024-01-04/001_plain.sql", "SELECT 4;");

        assertThat(folder.load().migrations())
                .extracting(migration -> migration.version() + " "
                        + migration.up().name() + " "
                        + (migration.down() == null ? "" : migration.down().name()))
                .containsExactly(
                        "00000000000000 00000000000000_diesel_initial_setup/up.sql ",
                        "001 001_plain.sql ",
                        "20240103 20240103_roles/migration.sql ",
                        "20240102030405 2024-01-02-030405_users/up.sql 2024-01-02-030405_users/down.sql");
        assertThat(folder.load("20240103").up().location()).isEqualTo(folder.location("20240103_roles/migration.sql"));
    }

    @Test
    void aFolderWhoseNameIsNoMigrationsIsNamedWithItsFile() {
        folder.with("users/up.sql", "SELECT 1;");

        assertThat(folder.errorText()).startsWith("users/up.sql: 'users/up.sql' is not the name of a migration.\n");
    }

    @ParameterizedTest
    @CsvSource({
        "1-a.sql, 1.b.sql",
        "001_a/up.sql, 1-b.sql",
        "001_a/migration.sql, 001_a/up.sql",
        "2024-01-02-030405_a.sql, 20240102030405_b.sql"
    })
    void twoSpellingsOfOneVersionAreAnError(String one, String other) {
        folder.with(one, "SELECT 1;").with(other, "SELECT 2;");

        assertThat(folder.errorText())
                .startsWith("two up scripts have version ")
                .contains(": " + one + " and " + other + ".\n\n");
    }

    @Test
    void anUpAndADownFileInOtherWordsAreToldHowDownIsWritten() {
        folder.with("20240101-users-up.sql", "SELECT 1;").with("20240101-users-down.sql", "SELECT 2;");

        assertThat(folder.errorText())
                .isEqualTo(
                        "two up scripts have version 20240101: 20240101-users-down.sql and 20240101-users-up.sql.\n\n"
                                + "What to do: If one of them takes the other back, give it the other's name with '.down':"
                                + " 20240101-users-up.down.sql.");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"001_a\n\\! touch x.sql", "sub\rfolder/001_a.sql", "001_a\u001b[2J.sql", "001_a\u2028b.sql"})
    void aControlCharacterInANameIsRefused(String file) {
        folder.with(file, "SELECT 1;");

        assertThat(folder.errorText())
                .isEqualTo(file.replace("\n", "\\x0a")
                                .replace("\r", "\\x0d")
                                .replace("\u001b", "\\x1b")
                                .replace("\u2028", "\\u2028")
                        + ": there is a line break or another control character in this file's name or in that of a"
                        + " folder.\n\nWhat to do: Rename it: names stand in logs, in the history and in comments of"
                        + " generated scripts.");
    }

    @Test
    void theEndingIsReadInAnyCase() {
        assertThat(folder.with("001_users.SQL", "SELECT 1;").load().migrations())
                .hasSize(1);
    }

    @Test
    void onlyTheEndingOfTheDatabaseCounts() {
        folder.with("001_a.sql", "SELECT 1;").with("001_b.js", "db.b.drop();");

        assertThat(folder.loader(DatabaseKind.MONGODB, Map.of()).load().migrations())
                .extracting(migration -> migration.up().name())
                .containsExactly("001_b.js");
    }

    @Test
    void aPlainPathIsAFolderOfTheFileSystem() {
        folder.with("001_a.sql", "SELECT 1;");

        assertThat(loader(" " + path + " ").load().migrations())
                .extracting(migration -> migration.up().location())
                .containsExactly(folder.location("001_a.sql"));
    }

    @Test
    void aFolderThatDoesNotExistIsEmptyAndKnownToBe() {
        folder.with("001_a.sql", "SELECT 1;");
        String there = "filesystem:" + path;
        String missing = there + "/missing";

        assertThat(loader(missing).load().migrations()).isEmpty();
        assertThat(loader(missing).hasFiles()).isFalse();
        assertThat(loader("classpath:no/such/folder").hasFiles()).isFalse();
        assertThat(loader(there, missing).hasFiles()).isTrue();
        assertThat(loader(there, missing).emptyLocations()).containsExactly(missing);
    }

    @Test
    void hiddenFoldersAreSkippedAndLinksFollowedAsKubernetesMountsThem() throws IOException {
        folder.with("..2025_10_30/001_a.sql", "SELECT 1;");
        Files.createSymbolicLink(path.resolve("..data"), Path.of("..2025_10_30"));
        Files.createSymbolicLink(path.resolve("001_a.sql"), Path.of("..data/001_a.sql"));
        Files.createSymbolicLink(path.resolve("loop"), path);

        assertThat(folder.load().migrations())
                .extracting(migration -> migration.up().location())
                .containsExactly(folder.location("001_a.sql"));
    }

    @Test
    void theSameFileInTwoLocationsIsOne() {
        folder.with("build/001_a.sql", "SELECT 1;\n").with("jar/001_a.sql", "SELECT 1;\r\n");

        assertThat(folder.load().migrations()).hasSize(1);
        assertThat(loader("filesystem:" + path, path + "/build").load().migrations())
                .hasSize(1);
    }

    @Test
    void twoContentsOfOneFileAreAnErrorThatNamesBoth() {
        folder.with("build/001_a.sql", "SELECT 1;").with("jar/001_a.sql", "SELECT 2;");

        assertThat(folder.errorText())
                .isEqualTo("two files are named 001_a.sql and differ: build/001_a.sql and jar/001_a.sql.\n\n"
                        + "What to do: Remove one of them. Where one is a stale copy in a build folder or in an old jar,"
                        + " build anew.");
    }

    @Test
    void twoUpScriptsWithOneVersionAreAnErrorThatNamesBoth() {
        folder.with("001_a.sql", "SELECT 1;").with("1_b.sql", "SELECT 1;");

        assertThat(folder.errorText())
                .isEqualTo("two up scripts have version 1: 001_a.sql and 1_b.sql.\n\n"
                        + "What to do: Give one of them another version, or put both into one file.");
    }

    @Test
    void twoDownScriptsWithOneVersionAreAnErrorThatNamesBoth() {
        folder.with("V1__a.sql", "SELECT 1;").with("U1__a.sql", "SELECT 1;").with("1_a.down.sql", "SELECT 1;");

        assertThat(folder.errorText())
                .isEqualTo("two down scripts have version 1: 1_a.down.sql and U1__a.sql.\n\n"
                        + "What to do: Give one of them another version, or put both into one file.");
    }

    @ParameterizedTest
    @ValueSource(strings = {"down", "verify"})
    void aScriptWithoutItsUpScriptIsAnError(String role) {
        folder.with("001_a.sql", "SELECT 1;").with("002_b." + role + ".sql", "SELECT 1;");

        assertThat(folder.errorText())
                .isEqualTo("002_b." + role + ".sql: there is a " + role
                        + " script of version 002, but no up script.\n\n"
                        + "What to do: Add the up script; or remove this file, or correct the version in its name.");
    }

    @Test
    void aNameThatIsNoMigrationsIsAnErrorWithTheNamesThatAre() {
        folder.with("setup.sql", "SELECT 1;");

        assertThat(folder.errorText()).isEqualTo("""
                        setup.sql: 'setup.sql' is not the name of a migration.

                        What to do: Move the file out of the folder, or name it like one of these:
                          001_add_user.sql                and beside it, if you like,
                          001_add_user.down.sql           what takes it back
                          001_add_user.verify.sql         what checks it
                          20251030_1530_add_user.sql      with a date as its version
                          R_active_users.sql              runs again whenever it changes
                          V1_2__add_user.sql, U1_2__add_user.sql, 000001_add_user.up.sql
                          001_add_user/up.sql, 001_add_user/down.sql, 001_add_user/migration.sql""");
    }

    @Test
    void anUnknownLocationSaysWhatIsPossible() {
        assertThatThrownBy(() -> loader("s3:bucket/migrations"))
                .isInstanceOf(InvalidMigration.class)
                .hasMessage("'s3:bucket/migrations' is not a location of migrations: 's3:' is not known.\n\n"
                        + "What to do: Write classpath:<folder>, filesystem:<folder>, or a path such as db/migration.");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "  ", "filesystem:", "db\0migration"})
    void aLocationWithoutAFolderIsAnError(String location) {
        assertThatThrownBy(() -> loader(location))
                .isInstanceOf(InvalidMigration.class)
                .hasMessageStartingWith(
                        "'" + location.strip().replace("\0", "\\x00") + "' is not a location of migrations: ")
                .hasMessageEndingWith("Write classpath:<folder>, filesystem:<folder>, or a path such as db/migration.");
    }

    @Test
    void aFolderThatMayNotBeReadIsAnError() {
        Path locked = folder.with("locked/001_a.sql", "SELECT 1;").path().resolve("locked");
        assumeTrue(locked.toFile().setReadable(false) && !Files.isReadable(locked), "root reads everything");

        assertThat(folder.error())
                .hasMessageStartingWith("filesystem:" + path + ": the folder cannot be searched: ")
                .hasMessageEndingWith("Check that the folder and all below it may be read.");
    }

    @Test
    void aThousandFilesLoadAtOnce() throws IOException {
        byte[] text = "-- A comment.\nCREATE TABLE t (id bigint PRIMARY KEY);\n"
                .repeat(10)
                .getBytes(UTF_8);
        for (int i = 1; i <= 1_000; i++) {
            Files.write(path.resolve("%04d_table.sql".formatted(i)), text);
        }
        folder.load();
        long start = System.nanoTime();

        assertThat(folder.load().migrations()).hasSize(1_000);

        // Far above what it takes (about 0.05 s), so that it does not fail on a busy machine.
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(5));
    }
}
