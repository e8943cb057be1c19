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
import org.springframework.jdbc.core.JdbcTemplate;

class LargeScriptsTest {

    /** The file would not fit, and beside the classes not half of it. */
    private static final String[] JVM = {"-Xmx24m", "-XX:TieredStopAtLevel=1"};

    private static final int FILE_BYTES = 32_000_000;
    private static final int ROW_BYTES = 4_000;

    private final TestDatabase database = TestServer.newDatabase();
    private final JdbcTemplate jdbc = new JdbcTemplate(database.dataSource());

    @TempDir
    private Path folder;

    @AfterEach
    void drop() {
        database.close();
    }

    /** How many rows the script inserts before its end. */
    private int write(String betweenStatements, String end) throws IOException {
        String insert = "INSERT INTO t VALUES ('" + "x".repeat(ROW_BYTES) + "');" + betweenStatements;
        int rows = FILE_BYTES / insert.length();
        try (BufferedWriter out = Files.newBufferedWriter(folder.resolve("001_large.sql"))) {
            out.write("CREATE UNLOGGED TABLE t (c text);" + betweenStatements);
            for (int i = 0; i < rows; i++) {
                out.write(insert);
            }
            out.write(end);
        }
        return rows;
    }

    private String migrate() throws IOException, InterruptedException {
        Process process = MigrateProcess.start(database.url(), folder, JVM);
        String output = MigrateProcess.output(process);
        return "exit " + process.waitFor() + "\n" + output;
    }

    @Test
    void aFileThatIsLargerThanTheHeapIsApplied() throws IOException, InterruptedException {
        int rows = write("\n", "");

        assertThat(migrate()).startsWith("exit 0\n");
        assertThat(jdbc.queryForObject("SELECT count(*) FROM t", Integer.class)).isEqualTo(rows);
    }

    @Test
    void inOneLineAnErrorAtItsEndIsShownWithItsPlace() throws IOException, InterruptedException {
        write(" ", "INSERT INTO u SELECT count(*) FROM t;");
        long column = Files.size(folder.resolve("001_large.sql")) - "u SELECT count(*) FROM t;".length() + 1;

        assertThat(migrate()).startsWith("exit 1\n").contains("""
                  at filesystem:%s/001_large.sql:1:%d

                     1 | ... INSERT INTO u SELECT count(*) FROM t
                       |                 ^

                  ERROR: relation "u" does not exist (SQLSTATE 42P01)
                """.formatted(folder, column));
    }
}
