package io.mhras.migrations.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.mhras.migrations.DatabaseKind;
import io.mhras.migrations.Migration;
import io.mhras.migrations.MigrationBody;
import io.mhras.migrations.MigrationException.InvalidMigration;
import io.mhras.migrations.MigrationScript;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.slf4j.LoggerFactory;

class MigrationIndexTest {

    private static final String FOLDER = "db/migration/";
    private static final Logger LOG = (Logger) LoggerFactory.getLogger(MigrationIndex.class);

    private final ListAppender<ILoggingEvent> logged = new ListAppender<>();

    @TempDir
    private Path path;

    private MigrationFolder classes;

    @BeforeEach
    void begin() {
        classes = new MigrationFolder(path.resolve("with space/classes"));
        logged.start();
        LOG.addAppender(logged);
    }

    @AfterEach
    void end() {
        LOG.detachAppender(logged);
    }

    private List<String> log() {
        return logged.list.stream()
                .map(event -> event.getFormattedMessage().replace(path.toString(), ""))
                .toList();
    }

    private void index(String... folders) throws IOException {
        MigrationIndexer.write(classes.path(), folders.length == 0 ? List.of(FOLDER) : List.of(folders));
    }

    /** Where the classes are when the service starts. */
    private enum Packaging {
        FOLDER,
        JAR
    }

    private Path packaged(Packaging packaging) throws IOException {
        if (packaging == Packaging.FOLDER) {
            return classes.path();
        }
        // Another one each time: a process keeps the jars open that it has read from.
        Path jar = Files.createTempDirectory(path, "").resolve("app.jar");
        TestJar.write(jar, files());
        return jar;
    }

    private Map<String, String> files() throws IOException {
        Map<String, String> files = new LinkedHashMap<>();
        try (Stream<Path> all = Files.walk(classes.path())) {
            for (Path file : all.filter(Files::isRegularFile).sorted().toList()) {
                files.put(classes.path().relativize(file).toString(), Files.readString(file));
            }
        }
        return files;
    }

    private static List<String> load(Path root, String... locations) throws IOException {
        return load(DatabaseKind.POSTGRESQL, root, locations);
    }

    private static List<String> load(DatabaseKind kind, Path root, String... locations) throws IOException {
        List<String> where = locations.length == 0 ? List.of("classpath:db/migration") : List.of(locations);
        try (URLClassLoader classLoader =
                new URLClassLoader(new URL[] {root.toUri().toURL()}, null)) {
            Map<String, String> placeholders = Map.of("role", "reader");
            return new MigrationLoader(where, kind, placeholders, classLoader)
                    .load().migrations().stream()
                            .map(MigrationIndexTest::describe)
                            .toList();
        }
    }

    private static String describe(Migration migration) {
        return migration.version() + "|" + migration.description() + "|" + migration.requires() + "|"
                + describe(migration.up()) + "|" + describe(migration.down()) + "|" + describe(migration.verify());
    }

    private static @Nullable String describe(@Nullable MigrationBody body) {
        return !(body instanceof MigrationScript script)
                ? null
                : script.name() + " " + script.location() + " " + script.checksum() + " " + script.options() + " "
                        + script.text();
    }

    /** The same index, but with another checksum: if that comes out, the file was not read. */
    private void forge() throws IOException {
        for (Path index :
                List.of(classes.path().resolve(MigrationIndex.NAME), IndexedRoot.indexBeside(classes.path()))) {
            String lines = Files.readString(index).replaceFirst(".*\n", "").replaceAll("\\b[0-9a-f]{64}\\b", "forged");
            Files.writeString(index, MigrationIndex.withHeader(lines));
        }
    }

    private static List<String> checksums(Path root) throws IOException {
        return checksums(DatabaseKind.POSTGRESQL, root);
    }

    private static List<String> checksums(DatabaseKind kind, Path root) throws IOException {
        try (URLClassLoader classLoader =
                new URLClassLoader(new URL[] {root.toUri().toURL()}, null)) {
            return PrintChecksums.of(kind, classLoader);
        }
    }

    private void twoMigrations() {
        classes.with(FOLDER + "001_a.sql", "SELECT 1;").with(FOLDER + "002_b.sql", "SELECT 2;");
    }

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
                .with(FOLDER + "006_with\ttab.sql", "SELECT 6;")
                .with("more/007_elsewhere.sql", "SELECT 7;")
                .with("unindexed/008_x.sql", "SELECT 8;")
                .with(FOLDER + "readme.md", "not looked at");
        String[] locations = {"classpath:db/migration", "classpath:more", "classpath:unindexed"};
        List<String> scanned = load(packaged(packaging), locations);

        index(FOLDER, "more", "nowhere");

        assertThat(load(packaged(packaging), locations)).isEqualTo(scanned).hasSize(10);
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
    void aFileThatWasChangedIsReadEvenIfItsSizeAndTimeAreTheSame(Packaging packaging) throws IOException {
        twoMigrations();
        index();
        forge();
        Path file = classes.path().resolve(FOLDER + "002_b.sql");
        FileTime modified = Files.getLastModifiedTime(file);
        classes.with(FOLDER + "002_b.sql", "SELECT 3;");
        Files.setLastModifiedTime(file, modified);

        assertThat(checksums(packaged(packaging))).containsExactly("indexed", "read");
        assertThat(log()).singleElement().asString().endsWith("""
                /mhras-migrations.index is older than 1 of the files, such as classpath:db/migration/002_b.sql: these are read\
                 instead. Run the build again.""");
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
    void aFileThatWasAddedOrRenamedIsRead(Packaging packaging) throws IOException {
        twoMigrations();
        index();
        forge();
        classes.with(FOLDER + "003_c.sql", "SELECT 3;");
        Files.move(classes.path().resolve(FOLDER + "001_a.sql"), classes.path().resolve(FOLDER + "001_z.sql"));

        assertThat(checksums(packaged(packaging))).containsExactly("read", "indexed", "read");
        assertThat(log()).singleElement().asString().contains("older than 2 of the files");
    }

    @ParameterizedTest
    @EnumSource
    void aFileThatWasRemovedIsGone(Packaging packaging) throws IOException {
        twoMigrations();
        index();
        forge();
        Files.delete(classes.path().resolve(FOLDER + "002_b.sql"));

        assertThat(checksums(packaged(packaging))).containsExactly("indexed");
    }

    @ParameterizedTest
    @EnumSource
    void aFileThatTakesTheNameOfAnotherIsRead(Packaging packaging) throws IOException {
        twoMigrations();
        index();
        forge();
        Path first = classes.path().resolve(FOLDER + "001_a.sql");
        Path second = classes.path().resolve(FOLDER + "002_b.sql");
        Files.move(first, path.resolve("kept"));
        Files.move(second, first);
        Files.move(path.resolve("kept"), second);

        assertThat(checksums(packaged(packaging))).containsExactly("read", "read");
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

    @ParameterizedTest
    @CsvSource({"migrations 1 ,migrations 2 ", "001_a,001_b", "\\A,hello", "(?s).*,''"})
    void anIndexThatIsDamagedOrOfAnotherVersionIsIgnored(String what, String by) throws IOException {
        twoMigrations();
        index();
        forge();
        Path index = classes.path().resolve(MigrationIndex.NAME);
        String whole = Files.readString(index);
        Files.writeString(index, whole.replaceFirst(what, by));

        assertThat(checksums(packaged(Packaging.JAR))).containsExactly("read", "read");
        assertThat(log())
                .singleElement()
                .asString()
                .endsWith("/app.jar!/mhras-migrations.index is damaged or of another version: the"
                        + " migrations are read instead. Run the build again.");
    }

    @Test
    void anIndexThatIsCutOffIsIgnored() throws IOException {
        twoMigrations();
        index();
        forge();
        Path index = classes.path().resolve(MigrationIndex.NAME);
        String whole = Files.readString(index);
        for (int length = 0; length < whole.length(); length += 10) {
            Files.writeString(index, whole.substring(0, length));
            assertThat(checksums(packaged(Packaging.JAR))).containsExactly("read", "read");
        }
    }

    @Test
    void aCopyOfTheFolderIsRead() throws IOException {
        twoMigrations();
        index();
        forge();
        MigrationFolder copy = new MigrationFolder(path.resolve("image/classes"));
        for (String file : List.of(MigrationIndex.NAME, FOLDER + "001_a.sql", FOLDER + "002_b.sql")) {
            copy.with(file, Files.readAllBytes(classes.path().resolve(file)));
        }

        assertThat(checksums(copy.path())).containsExactly("read", "read");
        assertThat(log()).isEmpty();
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
                        mhras-migrations 1 d577bed2
                        9:4b2335c	17db4fd369edb9244b9f91d9aeed145c3d04ad8ba6e95d06247f07a63527d11a	AUTO	-	-	-	db/migration/001_a.sql
                        9:2f9f609f	8e7003d62f9d8cbd28da2f243bb0d215bfd4622c716be09be89a8764d9f4c7cb	AUTO	-	-	-	db/migration/002_b.sql
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
