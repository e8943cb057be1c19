package io.mhras.migrations.test;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Templates on the server that is kept. */
class TemplatesTest {

    @TempDir
    @SuppressWarnings("NullAway.Init") // JUnit sets it.
    private Path folder;

    private String text = "";

    @BeforeEach
    void write() throws Exception {
        change("CREATE TABLE t_" + System.nanoTime() + " (id bigint);");
    }

    private void change(String newText) throws Exception {
        text = newText;
        Files.writeString(folder.resolve("001_t.sql"), text);
    }

    private TestDatabase database() {
        return Migrations.in("filesystem:" + folder).database();
    }

    private static List<String> templates(TestDatabase database) {
        return JdbcClient.create(database.dataSource())
                .sql("SELECT datname FROM pg_database WHERE starts_with(datname, 'mhras_head_') ORDER BY 1")
                .query(String.class)
                .list();
    }

    @Test
    void theSameFilesAreMigratedOnce() {
        String first;
        try (TestDatabase database = database()) {
            first = applied(database);
        }
        try (TestDatabase database = database()) {
            assertThat(applied(database)).isEqualTo(first);
        }
    }

    @Test
    void aChangedFileIsMigratedAnew() throws Exception {
        String first;
        try (TestDatabase database = database()) {
            first = applied(database);
        }
        change(text + "\nCREATE TABLE more (id bigint);");
        try (TestDatabase database = database()) {
            assertThat(applied(database)).isNotEqualTo(first);
            assertThat(database.jdbc()
                            .sql("SELECT count(*) FROM more")
                            .query(Integer.class)
                            .single())
                    .isZero();
        }
    }

    private static String applied(TestDatabase database) {
        return database.jdbc()
                .sql("SELECT applied_at::text FROM migration_history")
                .query(String.class)
                .single();
    }

    @Test
    void atMostFiveAreKept() throws Exception {
        for (int i = 0; i < 7; i++) {
            change("CREATE TABLE many_" + i + "_" + System.nanoTime() + " (id bigint);");
            try (TestDatabase database = database()) {
                assertThat(templates(database)).hasSizeBetween(1, 5);
            }
        }
    }

    @Test
    void settingsAndGrantsOfTheDatabaseAreThereAsWell() throws Exception {
        change("""
                DO $$ BEGIN EXECUTE format('ALTER DATABASE %I SET search_path = app, public', current_database()); END $$;
                DO $$ BEGIN EXECUTE format('ALTER DATABASE %I SET app.tenant = ''a b''', current_database()); END $$;
                DO $$ BEGIN EXECUTE format('GRANT TEMPORARY ON DATABASE %I TO pg_monitor', current_database()); END $$;
                """);
        try (TestDatabase database = database()) {
            assertThat(database.jdbc()
                            .sql("SHOW search_path")
                            .query(String.class)
                            .single())
                    .isEqualTo("app, public");
            assertThat(database.jdbc()
                            .sql("SHOW app.tenant")
                            .query(String.class)
                            .single())
                    .isEqualTo("a b");
            assertThat(database.jdbc()
                            .sql("SELECT has_database_privilege('pg_monitor', current_database(), 'TEMPORARY')")
                            .query(Boolean.class)
                            .single())
                    .isTrue();
        }
    }
}
