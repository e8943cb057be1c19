package io.mhras.migrations.source;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.mhras.migrations.DatabaseKind;
import io.mhras.migrations.Migration;
import io.mhras.migrations.MigrationBody;
import io.mhras.migrations.MigrationScript;
import io.mhras.migrations.MigrationSet;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

/** A folder of classes with migrations, as a build leaves it behind or packs it into a jar. */
abstract class BuiltClasses {

    static final String FOLDER = "db/migration/";
    private static final Logger LOG = (Logger) LoggerFactory.getLogger(MigrationIndex.class);

    private final ListAppender<ILoggingEvent> logged = new ListAppender<>();

    @TempDir
    Path path;

    MigrationFolder classes;

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

    List<String> log() {
        return logged.list.stream()
                .map(event -> event.getFormattedMessage().replace(path.toString(), ""))
                .toList();
    }

    void index(String... folders) throws IOException {
        MigrationIndexer.write(classes.path(), folders.length == 0 ? List.of(FOLDER) : List.of(folders));
    }

    /** Where the classes are when the service starts. */
    enum Packaging {
        FOLDER,
        JAR
    }

    Path packaged(Packaging packaging) throws IOException {
        if (packaging == Packaging.FOLDER) {
            return classes.path();
        }
        // Another one each time: a process keeps the jars open that it has read from.
        Path jar = Files.createTempDirectory(path, "").resolve("app.jar");
        TestJar.write(jar, files());
        return jar;
    }

    Map<String, String> files() throws IOException {
        Map<String, String> files = new LinkedHashMap<>();
        try (Stream<Path> all = Files.walk(classes.path())) {
            for (Path file : all.filter(Files::isRegularFile).sorted().toList()) {
                files.put(classes.path().relativize(file).toString(), Files.readString(file));
            }
        }
        return files;
    }

    static List<String> load(Path root, String... locations) throws IOException {
        return load(DatabaseKind.POSTGRESQL, root, locations);
    }

    static List<String> load(DatabaseKind kind, Path root, String... locations) throws IOException {
        List<String> where = locations.length == 0 ? List.of("classpath:db/migration") : List.of(locations);
        try (URLClassLoader classLoader =
                new URLClassLoader(new URL[] {root.toUri().toURL()}, null)) {
            Map<String, String> placeholders = Map.of("role", "reader");
            MigrationSet set = new MigrationLoader(where, kind, placeholders, classLoader).load();
            return Stream.concat(set.migrations().stream().map(BuiltClasses::describe), set.notes().stream())
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
                        + script.content().hasPlaceholders() + " " + script.text();
    }

    /** The same index, but with another checksum: if that comes out, the file was not read. */
    void forge() throws IOException {
        for (Path index :
                List.of(classes.path().resolve(MigrationIndex.NAME), IndexedRoot.indexBeside(classes.path()))) {
            String lines = Files.readString(index).replaceFirst(".*\n", "").replaceAll("\\b[0-9a-f]{64}\\b", "forged");
            Files.writeString(index, MigrationIndex.withHeader(lines));
        }
    }

    static List<String> checksums(Path root) throws IOException {
        return checksums(DatabaseKind.POSTGRESQL, root);
    }

    static List<String> checksums(DatabaseKind kind, Path root) throws IOException {
        try (URLClassLoader classLoader =
                new URLClassLoader(new URL[] {root.toUri().toURL()}, null)) {
            return MigrationIndexTest.PrintChecksums.of(kind, classLoader);
        }
    }

    void twoMigrations() {
        classes.with(FOLDER + "001_a.sql", "SELECT 1;").with(FOLDER + "002_b.sql", "SELECT 2;");
    }
}
