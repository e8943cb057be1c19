package io.mhras.migrations.source;

import static io.mhras.migrations.TestMigrations.script;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.mhras.migrations.DatabaseKind;
import io.mhras.migrations.Migration;
import io.mhras.migrations.MigrationException.InvalidMigration;
import java.io.File;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Enumeration;
import java.util.List;
import java.util.Map;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ClasspathLocationTest {

    @TempDir
    Path path;

    private Path classes(String name, Map<String, String> files) {
        MigrationFolder folder = new MigrationFolder(path.resolve(name));
        files.forEach(folder::with);
        return folder.path();
    }

    private Path jar(String name, Map<String, String> files) throws IOException {
        Path jar = path.resolve(name);
        TestJar.write(jar, files);
        return jar;
    }

    private static List<String> load(String location, Path... roots) throws IOException {
        try (URLClassLoader classLoader = classLoader(roots)) {
            return loader(location, classLoader).load().migrations().stream()
                    .map(ClasspathLocationTest::summary)
                    .toList();
        }
    }

    private static MigrationLoader loader(String location, ClassLoader classLoader) {
        return new MigrationLoader(List.of(location), DatabaseKind.POSTGRESQL, Map.of(), classLoader);
    }

    private static URLClassLoader classLoader(Path... roots) throws IOException {
        URL[] urls = new URL[roots.length];
        for (int i = 0; i < roots.length; i++) {
            urls[i] = roots[i].toUri().toURL();
        }
        return new URLClassLoader(urls, null);
    }

    private static String summary(Migration migration) {
        return migration.up().location() + " " + script(migration.up()).text();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "classpath:db/migration",
                "classpath:/db/migration/",
                "classpath*:db/migration",
                "classpath:db/migration/**",
                "classpath:d?/*",
            })
    void directoriesAndJarsAreSearchedWithAllBelow(String location) throws IOException {
        Path classes = classes(
                "with space/classes",
                Map.of("db/migration/001_a.sql", "SELECT 1;", "db/migration/sub/002_ü b.sql", "SELECT 2;"));
        Path jar = jar(
                "one more+.jar",
                Map.of("db/migration/003_c.sql", "SELECT 3;", "db/migration/sub/004_ü d.sql", "SELECT 4;", "x", ""));

        assertThat(load(location, classes, jar))
                .containsExactly(
                        "classpath:db/migration/001_a.sql SELECT 1;",
                        "classpath:db/migration/sub/002_ü b.sql SELECT 2;",
                        "classpath:db/migration/003_c.sql SELECT 3;",
                        "classpath:db/migration/sub/004_ü d.sql SELECT 4;");
    }

    @Test
    void aJarWithoutEntriesForItsFoldersIsSearchedToo() throws IOException {
        Path jar = path.resolve("bare.jar");
        try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar))) {
            out.putNextEntry(new ZipEntry("db/migration/001_a.sql"));
            out.write("SELECT 1;".getBytes(UTF_8));
            out.putNextEntry(new ZipEntry("other/db/migration/002_b.sql"));
        }

        assertThat(load("classpath:db/migration", jar)).containsExactly("classpath:db/migration/001_a.sql SELECT 1;");
    }

    @Test
    void aFolderWithinAFolderOfTheSameNameKeepsItsPath() throws IOException {
        Path classes = classes("db/classes", Map.of("db/x/db/001_a.sql", "SELECT 1;"));

        assertThat(load("classpath:db", classes)).containsExactly("classpath:db/x/db/001_a.sql SELECT 1;");
    }

    @Test
    void theSameFileInClassesAndJarIsOne() throws IOException {
        Map<String, String> files = Map.of("db/migration/001_a.sql", "SELECT 1;");

        assertThat(load("classpath:db/migration", classes("classes", files), jar("app.jar", files)))
                .hasSize(1);
    }

    @Test
    void twoContentsOfOneFileAreAnErrorThatTellsTheRootsApart() {
        assertThatThrownBy(() -> load(
                        "classpath:db/migration",
                        classes("classes", Map.of("db/migration/001_a.sql", "SELECT 1;")),
                        jar("app.jar", Map.of("db/migration/001_a.sql", "SELECT 2;"))))
                .isInstanceOf(InvalidMigration.class)
                .hasMessageContaining("two files are named 001_a.sql and differ: ")
                .hasMessageContaining(path + "/classes/db/migration/001_a.sql")
                .hasMessageContaining(path + "/app.jar!/db/migration/001_a.sql");
    }

    @Test
    void aFolderThatNoRootHasIsEmpty() throws IOException {
        try (URLClassLoader classLoader = classLoader(classes("classes", Map.of("db/readme.md", "hello")))) {
            assertThat(loader("classpath:db", classLoader).hasFiles()).isFalse();
            assertThat(loader("classpath:nowhere", classLoader).emptyLocations())
                    .containsExactly("classpath:nowhere");
        }
    }

    @Test
    void aClassPathThatCannotBeSearchedIsAnError() {
        ClassLoader broken = new ClassLoader(null) {
            @Override
            protected Enumeration<URL> findResources(String name) throws IOException {
                throw new IOException("zip file is closed");
            }
        };

        assertThatThrownBy(() -> loader("classpath:db/migration", broken).load())
                .isInstanceOf(InvalidMigration.class)
                .hasMessage("classpath:db/migration: the class path cannot be searched: zip file is closed\n\n"
                        + "What to do: Check that the folders and jars of the class path may be read.");
    }

    @Test
    void anExecutableJarIsSearchedWithTheJarsInIt() throws Exception {
        Path library = jar("library.jar", Map.of("db/migration/sub/002_b.sql", "SELECT 2;"));
        Path executable = path.resolve("my app.jar");
        TestJar.writeExecutable(
                executable, ListMigrations.class, Map.of("db/migration/001_a.sql", "SELECT 1;"), List.of(library));
        Path output = path.resolve("output");
        Path errors = path.resolve("errors");

        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Dfile.encoding=UTF-8",
                        "-jar",
                        executable.toString(),
                        "classpath:db/migration")
                .redirectOutput(output.toFile())
                .redirectError(errors.toFile())
                .start();
        int exit = process.waitFor();

        try (Stream<String> lines = Files.lines(output, UTF_8)) {
            assertThat(lines)
                    .as(Files.readString(errors))
                    .containsExactly(
                            "classpath:db/migration/001_a.sql SELECT 1;",
                            "classpath:db/migration/sub/002_b.sql SELECT 2;");
        }
        assertThat(exit).isZero();
    }

    @Test
    void aNameThatJavaCannotReadSaysWhichLocaleIsNeeded() throws Exception {
        assumeTrue(File.separatorChar == '/' && !System.getProperty("os.name").startsWith("Mac"));
        new MigrationFolder(path).with("001_übergabe.sql", "SELECT 1;");

        Process process = inTheCLocale("filesystem:" + path);

        assertThat(new String(process.getInputStream().readAllBytes(), UTF_8))
                .contains(
                        "001_??bergabe.sql: Java takes the names of files for ANSI_X3.4-1968 here, and this one has other"
                                + " letters in it.",
                        "What to do: Start Java in a locale with UTF-8: set the environment variable LC_ALL to C.UTF-8.");
        assertThat(process.waitFor()).isEqualTo(1);
    }

    private static Process inTheCLocale(String location) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        ListMigrations.class.getName(),
                        location)
                .redirectErrorStream(true);
        builder.environment().put("LC_ALL", "C");
        return builder.start();
    }

    /** The application in the executable jar. */
    static final class ListMigrations {

        public static void main(String[] locations) {
            loader(locations[0], ListMigrations.class.getClassLoader())
                    .load()
                    .migrations()
                    .forEach(migration -> System.out.println(summary(migration)));
        }
    }
}
