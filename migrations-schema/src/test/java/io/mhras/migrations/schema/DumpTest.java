package io.mhras.migrations.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.mhras.migrations.testing.ServerVersions;
import io.mhras.migrations.testing.TestServer;
import io.mhras.migrations.testing.TestServer.TestDatabase;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What pg_dump says of a schema. Skipped where none is on the PATH, or one that is older than the server.
 *
 * <p>It shares nothing with what is judged: neither what it reads, nor how it writes.
 */
class DumpTest {

    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(ints = {13, 15, 18})
    void whatIsDumpedAndRestoredIsTheSame(int major) throws Exception {
        assumePgDump(major);
        try (TestDatabase database = ServerVersions.newDatabase(major)) {
            database.run(EverySchema.resource("entangled.sql"));
            // Hibernate writes this for each enum.
            database.run("CREATE TABLE hibernated (status varchar(255) CHECK ((status in ('ACTIVE','ON_HOLD'))))");
            restoredIsTheSame(database, major);
        }
    }

    /** The server that the tests were given, whatever its version. */
    @Test
    void whatIsDumpedAndRestoredIsTheSameOnTheServerOfTheTests() throws Exception {
        try (TestDatabase database = TestServer.newDatabase()) {
            assumePgDump(EverySchema.read(database).majorVersion());
            database.run(EverySchema.resource("everything.sql"));
            SchemaSnapshot before = EverySchema.read(database);
            try (TestDatabase restored = TestServer.newDatabase()) {
                restore(database, restored);
                assertThat(before.differencesTo(
                                EverySchema.read(restored), new PostgresSchema(restored.dataSource()).reload()))
                        .isEmpty();
            }
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {13, 15, 18})
    void ourStatementsMakeWhatPgDumpWrites(int major) throws Exception {
        assumePgDump(major);
        try (TestDatabase database = ServerVersions.newDatabase(major);
                TestDatabase again = ServerVersions.newDatabase(major)) {
            database.run(EverySchema.resource("entangled.sql"));
            SchemaDdlTest.load(PostgresSchema.ddl(EverySchema.read(database)), again);

            assertThat(CatalogObserver.differences(statements(dump(database)), statements(dump(again))))
                    .isEmpty();
        }
    }

    private void restoredIsTheSame(TestDatabase database, int major) throws Exception {
        SchemaSnapshot before = EverySchema.read(database);
        try (TestDatabase restored = ServerVersions.newDatabase(major)) {
            restore(database, restored);
            SchemaSnapshot after = EverySchema.read(restored);
            assertThat(before.differencesTo(after, new PostgresSchema(restored.dataSource()).reload()))
                    .isEmpty();
        }
    }

    private void restore(TestDatabase from, TestDatabase to) throws Exception {
        Path file = folder.resolve("dump.sql");
        Files.writeString(file, dump(from));
        run(to, "psql", "-X", "-q", "-v", "ON_ERROR_STOP=1", "-f", file.toString());
    }

    private String dump(TestDatabase database) throws Exception {
        return run(database, "pg_dump", "--schema-only");
    }

    /** Where they stand does not count. */
    private static Set<String> statements(String dump) {
        String withoutComments = dump.lines()
                .filter(line -> !line.startsWith("--") && !line.startsWith("\\"))
                .collect(Collectors.joining("\n"));
        return Pattern.compile(";\n\n+")
                .splitAsStream(withoutComments)
                .map(String::strip)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static void assumePgDump(int major) throws Exception {
        int client = clientVersion();
        assumeTrue(client > 0, "There is no pg_dump on the PATH; put one of version " + major + " or newer there");
        assumeTrue(
                client >= major,
                "The pg_dump on the PATH is of version " + client + ", and the server of " + major
                        + "; put a newer one there");
    }

    private static int clientVersion() throws Exception {
        try {
            Process process = new ProcessBuilder("pg_dump", "--version")
                    .redirectErrorStream(true)
                    .start();
            Matcher version = Pattern.compile("\\) (\\d+)")
                    .matcher(new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8));
            return version.find() ? Integer.parseInt(version.group(1)) : 0;
        } catch (IOException e) {
            return 0;
        }
    }

    private String run(TestDatabase database, String... command) throws Exception {
        URI url = URI.create(database.url().replaceFirst("^jdbc:", ""));
        Map<String, String> parameters = new HashMap<>();
        Pattern.compile("&")
                .splitAsStream(url.getQuery())
                .map(each -> List.of(each.split("=", 2)))
                .forEach(pair -> parameters.put(pair.get(0), pair.get(1)));
        ProcessBuilder process = new ProcessBuilder(command);
        process.environment().put("PGHOST", url.getHost());
        process.environment().put("PGPORT", String.valueOf(url.getPort()));
        process.environment().put("PGDATABASE", database.name());
        process.environment().put("PGUSER", parameters.getOrDefault("user", "postgres"));
        process.environment().put("PGPASSWORD", parameters.getOrDefault("password", ""));
        Path errors = folder.resolve("errors.txt");
        Process running = process.redirectError(errors.toFile()).start();
        String out = new String(running.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(running.waitFor()).as(() -> read(errors)).isZero();
        return out;
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            return String.valueOf(e.getMessage());
        }
    }
}
