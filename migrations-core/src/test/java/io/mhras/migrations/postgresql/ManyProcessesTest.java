package io.mhras.migrations.postgresql;

import static org.assertj.core.api.Assertions.assertThat;

import io.mhras.migrations.testing.MigrateProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ManyProcessesTest extends PostgresTest {

    private static final int PROCESSES = 16;
    private static final int MIGRATIONS = 100;

    @TempDir
    private Path folder;

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

        assertThat(column("SELECT version FROM migration_history WHERE event = 'APPLIED'"))
                .hasSize(MIGRATIONS)
                .doesNotHaveDuplicates();
        assertThat(column("SELECT event FROM migration_history")).hasSize(MIGRATIONS);
    }
}
