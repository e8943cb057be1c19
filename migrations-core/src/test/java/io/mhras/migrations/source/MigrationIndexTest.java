package io.mhras.migrations.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mhras.migrations.DatabaseKind;
import io.mhras.migrations.MigrationException.InvalidMigration;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class MigrationIndexTest extends BuiltClasses {

    @ParameterizedTest
    @EnumSource
    void withAnIndexTheMigrationsAreThoseThatAScanFinds(Packaging packaging) throws IOException {
        classes.with(FOLDER + "001_users.sql", "\uFEFFCREATE TABLE users ();\r\n")
                .with(FOLDER + "1_users.down.sql", "-- migrate:transaction none\nDROP TABLE users;")
                .with(FOLDER + "sub/folder ü/0001_users.verify.sql", "SELECT true;")
                .with(
                        FOLDER + "002_roles.up.sql",
                        "-- migrate:lock-timeout 5s\n-- migrate:transaction file\nGRANT ${role} TO me;")
                .with(
                        FOLDER + "0040_batch.sql",
                        "-- migrate:batch size=1000 pause=50ms\nUPDATE t SET a = 1 WHERE a IS NULL LIMIT :batch;")
                .with(FOLDER + "V3_1__flyway.sql", "SELECT 3;")
                .with(FOLDER + "U3_1__flyway.sql", "SELECT 4;")
                .with(FOLDER + "20251030_1530_join.sql", "-- migrate:requires 002, 3.1")
                .with(FOLDER + "R__the_view.SQL", "SELECT 5;")
                .with(FOLDER + "R_the view.sql", "-- migrate:requires R_the_view\nSELECT 6;")
                .with(FOLDER + "2024-01-02-030405_diesel/up.sql", "SELECT 6;")
                .with(FOLDER + "2024-01-02-030405_diesel/down.sql", "-- nothing")
                .with(FOLDER + "20240103_prisma/migration.sql", "SELECT '${unset}';")
                .with(FOLDER + "6-dash.sql", "")
                .with("more/007_elsewhere.sql", "SELECT 7;")
                .with("unindexed/008_x.sql", "SELECT 8;")
                .with(FOLDER + "readme.md", "not looked at");
        String[] locations = {"classpath:db/migration", "classpath:more", "classpath:unindexed"};
        List<String> scanned = load(packaged(packaging), locations);

        index(FOLDER, "more", "nowhere");

        assertThat(load(packaged(packaging), locations)).isEqualTo(scanned).hasSize(14);
    }

    @ParameterizedTest
    @EnumSource
    void theFilesOfBothKindsOfDatabaseAreInOneIndex(Packaging packaging) throws IOException {
        twoMigrations();
        classes.with(FOLDER + "001_people.js", "// migrate:transaction file\ndb.people.insertOne({ _id: 1 });")
                .with(FOLDER + "001_people.down.js", "db.people.drop();");
        List<String> scanned = load(DatabaseKind.MONGODB, packaged(packaging));
        index();

        assertThat(load(DatabaseKind.MONGODB, packaged(packaging)))
                .isEqualTo(scanned)
                .hasSize(1);
        assertThat(log()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void whatAnIndexKnowsIsNotRead(Packaging packaging) throws IOException {
        twoMigrations();
        index();
        forge();

        assertThat(checksums(packaged(packaging))).containsExactly("indexed", "indexed");
        assertThat(log()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void theScriptsOfBothDatabasesAreInIt(Packaging packaging) throws IOException {
        twoMigrations();
        classes.with(FOLDER + "001_a.js", "// migrate:transaction file\ndb.a.insertOne({ role: '${role}' });\n")
                .with(FOLDER + "mongodb/002_b.js", "// migrate:requires 001\ndb.b.insertOne({});\n")
                .with(FOLDER + "mongodb/002_b.down.js", "db.b.drop();\n");
        Path unindexed = packaged(packaging);
        List<String> sql = load(unindexed);
        List<String> js = load(DatabaseKind.MONGODB, unindexed);

        index();

        assertThat(load(packaged(packaging))).isEqualTo(sql);
        assertThat(load(DatabaseKind.MONGODB, packaged(packaging))).isEqualTo(js);
        forge();
        assertThat(checksums(packaged(packaging))).containsExactly("indexed", "indexed");
        assertThat(checksums(DatabaseKind.MONGODB, packaged(packaging))).containsExactly("indexed", "indexed");
        assertThat(log()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void anErrorThatAScanFindsIsFoundWithAnIndexToo(Packaging packaging) throws IOException {
        twoMigrations();
        classes.with(FOLDER + "2_c.sql", "SELECT 3;");
        index();

        assertThatThrownBy(() -> load(packaged(packaging)))
                .isInstanceOf(InvalidMigration.class)
                .hasMessageStartingWith("two up scripts have version 2: ");
    }

    @Test
    void theIndexForTheJarIsTheSameWheneverItIsMade() throws IOException {
        twoMigrations();
        index();
        String first = Files.readString(classes.path().resolve(MigrationIndex.NAME));
        Files.delete(classes.path().resolve(FOLDER + "001_a.sql"));
        twoMigrations();
        index();

        assertThat(Files.readString(classes.path().resolve(MigrationIndex.NAME)))
                .isEqualTo(first)
                .isEqualTo("""
                        mhras-migrations 3 ab93b3de
                        9:4b2335c	17db4fd369edb9244b9f91d9aeed145c3d04ad8ba6e95d06247f07a63527d11a	AUTO	-	-	-	-	-	db/migration/001_a.sql
                        9:2f9f609f	8e7003d62f9d8cbd28da2f243bb0d215bfd4622c716be09be89a8764d9f4c7cb	AUTO	-	-	-	-	-	db/migration/002_b.sql
                        """);
    }

    @Test
    void whereNoMigrationsAreLeftNoIndexIsLeft() throws IOException {
        twoMigrations();
        index();

        index("other");

        assertThat(classes.path().resolve(MigrationIndex.NAME)).doesNotExist();
        assertThat(IndexedRoot.indexBeside(classes.path())).doesNotExist();
    }

    @Test
    void aWrongFileFailsTheBuildAsItWouldFailTheStart() {
        classes.with(FOLDER + "001_a.sql", "-- migrate:when\nSELECT 1;");

        assertThatThrownBy(this::index)
                .isInstanceOf(InvalidMigration.class)
                .hasMessageContaining("001_a.sql:1:12: there is no option 'migrate:when'.");
    }

    @Test
    void theIndexesInAnExecutableJarAndInTheJarsInItAreUsed() throws Exception {
        classes.with(FOLDER + "003_c.sql", "SELECT 3;").with(FOLDER + "004_d.sql", "SELECT 4;");
        index();
        forge();
        classes.with(FOLDER + "004_d.sql", "SELECT 5;");
        Path library = packaged(Packaging.JAR);
        classes = new MigrationFolder(path.resolve("classes"));
        twoMigrations();
        index();
        forge();
        classes.with(FOLDER + "002_b.sql", "SELECT 5;");
        Path executable = path.resolve("executable.jar");
        TestJar.writeExecutable(executable, PrintChecksums.class, files(), List.of(library));

        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-jar",
                        executable.toString())
                .redirectErrorStream(true)
                .start();

        assertThat(new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
                .endsWith("[indexed, read, indexed, read]\n");
        assertThat(process.waitFor()).isZero();
    }

    /** The application in the executable jar. */
    static final class PrintChecksums {

        public static void main(String[] arguments) {
            System.out.println(of(DatabaseKind.POSTGRESQL, PrintChecksums.class.getClassLoader()));
        }

        static List<String> of(DatabaseKind kind, ClassLoader classLoader) {
            return new MigrationLoader(List.of("classpath:db/migration"), kind, Map.of(), classLoader)
                    .load().migrations().stream()
                            .map(migration -> migration.checksum().equals("forged") ? "indexed" : "read")
                            .toList();
        }
    }
}
