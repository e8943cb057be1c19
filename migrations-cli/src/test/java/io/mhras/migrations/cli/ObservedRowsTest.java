package io.mhras.migrations.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.JdbcTemplate;

/** A service that watches for drift leaves rows in the history that happened to no migration: no verb is confused by them. */
class ObservedRowsTest extends CommandTest {

    @Test
    void theyAreShownAsEventsAndChangeNothing() throws IOException {
        writeThree();
        done("apply");
        CommandRun before = done("history");
        new JdbcTemplate(database.dataSource()).execute("""
                INSERT INTO migration_history (event, version, description, script, checksum, execution_ms,
                                               application, host, fingerprint, kind, structure)
                SELECT 'OBSERVED', version, description, script, checksum, 0,
                       application, host, fingerprint, kind, 'PostgreSQL 18:0000'
                FROM migration_history ORDER BY id DESC LIMIT 1""");

        assertThat(done("check").out()).isEqualTo("postgresql: at the head\n");
        assertThat(done("apply").out()).contains("up to date");
        assertThat(done("validate").out()).contains("Files and history agree");
        assertThat(done("history").out()).isEqualTo(before.out());
        assertThat(done("history", "--events").out()).contains("observed");
        assertThat(done("repair").out()).doesNotContain("accepted 1");
        assertThat(done("current").out()).startsWith("003");
        done("rollback", "base", "--force");
        assertThat(tables()).containsExactly("migration_history");
        done("apply", "--force");
        assertThat(done("check").out()).isEqualTo("postgresql: at the head\n");
    }
}
