package io.mhras.migrations.cli;

import io.mhras.migrations.testing.TestServer;
import io.mhras.migrations.testing.TestServer.TestDatabase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.JdbcTemplate;

/** A test with a fresh database and a folder of migration files. */
abstract class CommandTest {

    static final String CREATE_PATIENTS = "CREATE TABLE patients (patient_id BIGINT PRIMARY KEY, name TEXT);\n";

    @TempDir
    Path folder;

    TestDatabase database;

    @BeforeEach
    void newDatabase() {
        database = TestServer.newDatabase();
    }

    @AfterEach
    void dropDatabase() {
        database.close();
    }

    /** Writes a file into the folder. */
    void write(String name, String text) throws IOException {
        Path file = folder.resolve(name);
        if (name.contains("/")) {
            Files.createDirectories(folder.resolve(name.substring(0, name.lastIndexOf('/'))));
        }
        Files.writeString(file, text);
    }

    /** Three migrations, each with its way back. */
    void writeThree() throws IOException {
        write("001_create_patients.sql", CREATE_PATIENTS);
        write("001_create_patients.down.sql", "DROP TABLE patients;\n");
        write("002_add_consent.sql", "ALTER TABLE patients ADD COLUMN consent BOOLEAN;\n");
        write("002_add_consent.down.sql", "ALTER TABLE patients DROP COLUMN consent;\n");
        write("003_create_visits.sql", "CREATE TABLE visits (visit_id BIGINT PRIMARY KEY);\n");
        write("003_create_visits.down.sql", "DROP TABLE visits;\n");
    }

    Map<String, String> environment() {
        return Map.of("DATABASE_URL", database.url(), "MIGRATION_PATH", folder.toString());
    }

    /** Runs a command line in a pipeline. */
    CommandRun run(String... arguments) {
        return CommandRun.of(environment(), arguments);
    }

    /** Runs a command line that has to succeed. */
    CommandRun done(String... arguments) {
        CommandRun run = run(arguments);
        if (run.code() != 0) {
            throw new AssertionError(List.of(arguments) + " ended with " + run);
        }
        return run;
    }

    /** The names of the tables in the database, the history among them. */
    List<String> tables() {
        return new ArrayList<>(new JdbcTemplate(database.dataSource())
                .queryForList(
                        "SELECT relname::text FROM pg_class WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace"
                                + " ORDER BY 1",
                        String.class));
    }
}
