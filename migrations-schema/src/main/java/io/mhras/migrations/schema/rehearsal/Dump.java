package io.mhras.migrations.schema.rehearsal;

import io.mhras.migrations.Migration;
import io.mhras.migrations.MigrationException;
import io.mhras.migrations.MigrationScript;
import io.mhras.migrations.MigrationSet;
import io.mhras.migrations.MigrationVersion;
import io.mhras.migrations.Target;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;

/** A file of SQL as pg_dump writes it: it runs as a migration would, with COPY and its data, and is not recorded. */
public final class Dump {

    private static final String HISTORY = "rehearsal_load";

    private Dump() {}

    /** The file as what runs. */
    public static MigrationSet of(Path file) {
        MigrationScript script = new MigrationScript(
                String.valueOf(file.getFileName()),
                file.toString(),
                "of a dump",
                MigrationScript.Options.DEFAULT,
                () -> open(file));
        Migration load = new Migration(MigrationVersion.of("1"), "load", null, script, null, null);
        return MigrationSet.of(List.of(load));
    }

    /** Runs it. What it may do has been checked as that of migrations is. */
    public static void load(MigrationSet dump, Stage stage) {
        stage.migrator(stage.driver(HISTORY), stage.sent(dump.migrations())).migrate(Target.HEAD);
        String schema = stage.setting().postgres().schema();
        String table = (schema == null ? "" : quoted(schema) + ".") + HISTORY;
        try (Connection connection = stage.database().dataSource().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("DROP TABLE " + table);
        } catch (SQLException e) {
            throw new MigrationException.DatabaseUnavailable(
                    "The scratch database was lost: " + e.getMessage(), "Start again.", e);
        }
    }

    private static String quoted(String name) {
        return '"' + name.replace("\"", "\"\"") + '"';
    }

    private static BufferedReader open(Path file) throws IOException {
        return Files.newBufferedReader(file);
    }
}
