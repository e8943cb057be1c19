package io.mhras.migrations.schema.scratch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mhras.migrations.Migration;
import io.mhras.migrations.MigrationScript;
import io.mhras.migrations.MigrationSet;
import io.mhras.migrations.MigrationVersion;
import io.mhras.migrations.schema.PostgresServer;
import io.mhras.migrations.schema.ScratchOptions;
import io.mhras.migrations.testing.TestServer;
import io.mhras.migrations.testing.TestServer.TestDatabase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.JdbcTemplate;

class EmbeddedServerTest {

    private final TestDatabase real = TestServer.newDatabase();

    @TempDir
    Path folder;

    @AfterEach
    void drop() {
        real.close();
    }

    private static ScratchOptions embedded(Path serverDir) {
        return new ScratchOptions(null, true, serverDir, null, false);
    }

    private Path programs() {
        return Path.of(String.valueOf(new JdbcTemplate(real.dataSource())
                .queryForObject("SELECT setting FROM pg_config() WHERE name = 'BINDIR'", String.class)));
    }

    private static List<Path> folders() throws IOException {
        try (var files = Files.list(Path.of(System.getProperty("java.io.tmpdir")))) {
            return files.filter(file -> file.getFileName()
                            .toString()
                            .startsWith(
                                    "mhras-scratch-" + ProcessHandle.current().pid() + "-"))
                    .toList();
        }
    }

    @Test
    void aServerIsStartedForItWhereRolesMayBeMadeAndNothingOfItIsLeft() throws IOException {
        Path left = Files.createDirectory(
                Path.of(System.getProperty("java.io.tmpdir")).resolve("mhras-scratch-999999999999-" + real.name()));
        Files.setLastModifiedTime(left, FileTime.from(Instant.now().minus(Duration.ofHours(2))));
        MigrationScript up = MigrationScript.ofText(
                "001_x.sql",
                "db/001_x.sql",
                "CREATE ROLE made_here; CREATE TABLE t (id int); GRANT SELECT ON t TO reader_" + real.name() + ";");
        MigrationSet set =
                MigrationSet.of(List.of(new Migration(MigrationVersion.of("001"), "x", null, up, null, null)));
        try (ScratchServer server =
                ScratchServer.open(PostgresServer.at(real.url(), null, null), embedded(programs()))) {
            assertThat(left).doesNotExist();
            assertThat(folders()).hasSize(1);
            server.require(set);
            try (ScratchDatabase scratch = server.create("a test")) {
                JdbcTemplate jdbc = new JdbcTemplate(scratch.dataSource());
                jdbc.execute(up.text());
                assertThat(jdbc.queryForObject("SELECT current_user", String.class))
                        .isEqualTo("postgres");
                assertThat(jdbc.queryForObject("SHOW listen_addresses", String.class))
                        .isEqualTo("127.0.0.1");
                assertThat(scratch.url()).matches("postgresql://postgres@127.0.0.1:\\d+/mhras_scratch_\\w+");
            }
        }
        assertThat(folders()).isEmpty();
        assertThat(new JdbcTemplate(real.dataSource())
                        .queryForList("SELECT 1 FROM pg_roles WHERE rolname = 'made_here'"))
                .isEmpty();
    }

    @Test
    void whereThereAreNoProgramsItIsSaidWhereTheyUsuallyAre() {
        assertThatThrownBy(() -> ScratchServer.open(null, embedded(folder)))
                .hasMessage("No server can be started: there is no initdb with postgres in " + folder
                        + ".\n\nWhat to do: Install PostgreSQL's server, and name the folder of its programs with"
                        + " 'mhras.migrations.scratch.server-dir': on Debian and Ubuntu that is /usr/lib/postgresql/VERSION/bin. Nothing is"
                        + " downloaded for you.");
    }

    @Test
    void whatAServerSaysThatDoesNotStartIsShown() throws IOException {
        for (String program : List.of("initdb", "postgres")) {
            Path file = Files.writeString(folder.resolve(program), "#!/bin/sh\necho the disk is full\nexit 3\n");
            assertThat(file.toFile().setExecutable(true)).isTrue();
        }
        assertThatThrownBy(() -> ScratchServer.open(null, embedded(folder)))
                .hasMessage("The server for scratch databases could not be started: initdb ended with 3. It says:\n"
                        + "  the disk is full\n\nWhat to do: Correct the cause and start again.");
        assertThat(folders()).isEmpty();
    }
}
