package io.mhras.migrations.budget;

import static org.assertj.core.api.Assertions.assertThat;

import io.mhras.migrations.processes.MigrateProcess;
import io.mhras.migrations.testing.TestServer;
import io.mhras.migrations.testing.TestServer.TestDatabase;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.jdbc.core.JdbcTemplate;

/** Whatever a script's statements return, and however long one of them is: memory has to suffice, or the message says so. */
class ReturnedRowsTest {

    private static final String LITTLE = "-Xmx24m";
    private static final int LONG = 64_000_000;

    private final TestDatabase database = TestServer.newDatabase();
    private final JdbcTemplate jdbc = new JdbcTemplate(database.dataSource());

    @TempDir
    private Path folder;

    @AfterEach
    void drop() {
        database.close();
    }

    private String migrate(String... options) throws IOException, InterruptedException {
        String[] all = new String[options.length + 2];
        all[0] = "-XX:TieredStopAtLevel=1";
        all[1] = "-XX:+UseSerialGC";
        System.arraycopy(options, 0, all, 2, options.length);
        Process process = MigrateProcess.start(database.url(), folder, all);
        String output = MigrateProcess.output(process);
        return "exit " + process.waitFor() + "\n" + output;
    }

    private String events() {
        return String.join(" ", jdbc.queryForList("SELECT event FROM migration_history ORDER BY id", String.class));
    }

    @ParameterizedTest
    @ValueSource(strings = {"-Dmessages=true", MigrateProcess.PLAIN_JDBC})
    void manyAreThrownAwayAsTheyCome(String path) throws IOException, InterruptedException {
        Files.writeString(folder.resolve("001_a.sql"), """
                SELECT i, repeat('y', 100) FROM generate_series(1, 200000) i; CREATE TABLE t (a int);""");
        Files.writeString(folder.resolve("002_b.sql"), """
                -- migrate:transaction none
                CREATE TABLE u (a int, b text);
                INSERT INTO u SELECT i, repeat('y', 100) FROM generate_series(1, 200000) i RETURNING *;
                EXPLAIN SELECT 1;
                UPDATE u SET a = a RETURNING *;""");

        assertThat(migrate(LITTLE, path)).startsWith("exit 0\n");
        assertThat(events()).startsWith("APPLIED ").endsWith(" APPLIED");
    }

    @ParameterizedTest
    @ValueSource(strings = {"-Dmessages=true", MigrateProcess.PLAIN_JDBC})
    void largeOnesAreThrownAwayAsTheyCome(String path) throws IOException, InterruptedException {
        Files.writeString(folder.resolve("001_a.sql"), "SELECT repeat('y', 1000000) FROM generate_series(1, 60) i;");

        assertThat(migrate("-Xmx64m", path)).startsWith("exit 0\n");
        assertThat(events()).isEqualTo("APPLIED");
    }

    @ParameterizedTest
    @ValueSource(strings = {"-Dmessages=true", MigrateProcess.PLAIN_JDBC})
    void aCheckReadsThemAllAndKeepsNone(String path) throws IOException, InterruptedException {
        Files.writeString(folder.resolve("001_a.sql"), "CREATE TABLE t (a int);");
        Files.writeString(folder.resolve("001_a.verify.sql"), """
                SELECT true, repeat('y', 100) FROM generate_series(1, 200000) i;
                SELECT i < 200000 AS small, repeat('y', 100) FROM generate_series(1, 200000) i;""");

        assertThat(migrate(LITTLE, path))
                .startsWith("exit 1\n")
                .contains(
                        "The check 001_a.verify.sql does not hold", "001_a.verify.sql:2:1", "Column 'small' is false.");
        assertThat(events()).isEqualTo("FAILED");
    }

    @Test
    void batchesThatReturnTheirRowsCountThem() throws IOException, InterruptedException {
        Files.writeString(
                folder.resolve("001_a.sql"),
                "CREATE TABLE t (a int, b text); INSERT INTO t SELECT i FROM generate_series(1, 100000) i;");
        Files.writeString(folder.resolve("002_b.sql"), """
                -- migrate:batch size=50000 pause=0ms

                UPDATE t SET b = repeat('y', 300) WHERE a IN (SELECT a FROM t WHERE b IS NULL LIMIT :batch) RETURNING *;""");

        assertThat(migrate(LITTLE)).startsWith("exit 0\n");
        assertThat(jdbc.queryForObject("SELECT count(*) FROM t WHERE b IS NULL", Integer.class))
                .isZero();
    }

    private void writeLong(boolean inOneString) throws IOException {
        String piece = inOneString ? "eHl6".repeat(1_000) : "(1, '" + "x".repeat(4_000) + "'),\n";
        try (BufferedWriter out = Files.newBufferedWriter(folder.resolve("001_long.sql"))) {
            out.write("CREATE UNLOGGED TABLE t (a int, b text);\n\nINSERT INTO t VALUES ");
            out.write(inOneString ? "(1, '" : "");
            for (int i = 0; i < LONG / piece.length(); i++) {
                out.write(piece);
            }
            out.write(inOneString ? "');\n" : "(1, 'last');\n");
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aStatementOf64MegabytesNeeds256(boolean inOneString) throws IOException, InterruptedException {
        writeLong(inOneString);

        assertThat(migrate("-Xmx256m")).startsWith("exit 0\n");
        assertThat(jdbc.queryForObject("SELECT sum(length(b)) FROM t", Long.class))
                .isGreaterThan(LONG * 99L / 100);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void whereMemoryEndsTheStatementIsNamedAndWhatToDo(boolean inOneString) throws IOException, InterruptedException {
        writeLong(inOneString);

        assertThat(migrate(LITTLE))
                .startsWith("exit 1\n")
                .contains("001_long.sql:3:1", "characters", "Java's memory", "MIGRATIONS_JAVA_OPTS=-Xmx512m")
                .doesNotContain("\tat ");
        assertThat(events()).isEqualTo("FAILED");
        assertThat(jdbc.queryForObject("SELECT to_regclass('t') IS NULL", Boolean.class))
                .isTrue();
    }
}
