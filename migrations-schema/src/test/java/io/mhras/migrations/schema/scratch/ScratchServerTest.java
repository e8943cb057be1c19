package io.mhras.migrations.schema.scratch;

import static org.assertj.core.api.Assertions.assertThat;

import io.mhras.migrations.schema.PostgresServer;
import io.mhras.migrations.schema.ScratchOptions;
import io.mhras.migrations.testing.TestServer;
import io.mhras.migrations.testing.TestServer.TestDatabase;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.JdbcTemplate;

class ScratchServerTest {

    private final TestDatabase real = TestServer.newDatabase();

    @AfterEach
    void drop() {
        real.close();
    }

    @Test
    void aScratchDatabaseIsMadeOnTheRealOnesServerAndDropped() {
        try (ScratchServer server =
                ScratchServer.open(PostgresServer.at(real.url(), null, null), ScratchOptions.DEFAULT)) {
            String name;
            try (ScratchDatabase scratch = server.create("a test")) {
                name = scratch.name();
                assertThat(new JdbcTemplate(scratch.dataSource())
                                .queryForObject("SELECT current_database()", String.class))
                        .isEqualTo(name);
                assertThat(scratch.url()).matches("postgresql://postgres@localhost:\\d+/" + name);
                assertThat(new JdbcTemplate(real.dataSource())
                                .queryForObject(
                                        "SELECT shobj_description(oid, 'pg_database') FROM pg_database WHERE datname = ?",
                                        String.class,
                                        name))
                        .startsWith("MHRAS Migrations: scratch database for a test, made by ");
            }
            assertThat(new JdbcTemplate(real.dataSource())
                            .queryForList("SELECT datname FROM pg_database WHERE datname = ?", String.class, name))
                    .isEmpty();
        }
    }
}
