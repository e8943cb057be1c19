package io.mhras.migrations.processes;

import static org.assertj.core.api.Assertions.assertThat;

import io.mhras.migrations.testing.TestServer;
import io.mhras.migrations.testing.TestServer.TestDatabase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.JdbcTemplate;

class ManyProcessesTest {

    private static final int PROCESSES = 16;
    private static final int MIGRATIONS = 100;

    private final TestDatabase database = TestServer.newDatabase();
    private final JdbcTemplate jdbc = new JdbcTemplate(database.dataSource());

    @TempDir
    private Path folder;

    @AfterEach
    void drop() {
        database.close();
    }

    @Test
    void sixteenAtOnceOnAnEmptyDatabaseApplyEachMigrationOnce() throws IOException, InterruptedException {
        for (int i = 1; i <= MIGRATIONS; i++) {
            Files.writeString(folder.resolve("%03d_m.sql".formatted(i)), "CREATE TABLE t" + i + " (id int);");
        }
        List<Process> processes = new ArrayList<>();
        for (int i = 0; i < PROCESSES; i++) {
            processes.add(MigrateProcess.start(database.url(), folder, "-Xshare:auto", "-XX:TieredStopAtLevel=1"));
        }
        for (Process process : processes) {
            String output = MigrateProcess.output(process);
            assertThat(process.waitFor()).as(output).isZero();
        }

        assertThat(jdbc.queryForList("SELECT version FROM migration_history WHERE event = 'APPLIED'", String.class))
                .hasSize(MIGRATIONS)
                .doesNotHaveDuplicates();
        assertThat(jdbc.queryForList("SELECT event FROM migration_history", String.class))
                .hasSize(MIGRATIONS);
    }
}
