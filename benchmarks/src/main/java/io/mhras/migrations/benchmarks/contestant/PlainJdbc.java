package io.mhras.migrations.benchmarks.contestant;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * What the work itself costs: a loop that a careful team would write by hand.
 *
 * <p>It reads and hashes the files, reads the whole history, compares, and applies what is pending, script and history row
 * in one transaction, under an advisory lock. It does no more: no order of versions, no error text, no retries.
 */
final class PlainJdbc implements Contestant.WithStatus {

    private static final String UNDEFINED_TABLE = "42P01";
    private static final long LOCK = 4711;

    private final Task task;

    PlainJdbc(Task task) {
        this.task = task;
    }

    private record Script(String name, String text, String checksum) {}

    @Override
    public void migrate() throws Exception {
        List<Script> scripts = scripts();
        try (Connection connection = task.dataSource().getConnection()) {
            if (!pending(scripts, history(connection)).isEmpty()) {
                applyLocked(connection, scripts);
            }
        }
    }

    @Override
    public void status() throws Exception {
        List<Script> scripts = scripts();
        try (Connection connection = task.dataSource().getConnection()) {
            pending(scripts, history(connection));
        }
    }

    private void applyLocked(Connection connection, List<Script> scripts) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("SELECT pg_advisory_lock(" + LOCK + ")");
            statement.execute(
                    "CREATE TABLE IF NOT EXISTS jdbc_history (script text PRIMARY KEY, checksum text NOT NULL,"
                            + " applied_at timestamptz NOT NULL DEFAULT now())");
            // Another instance may have done it in the meantime.
            apply(connection, pending(scripts, history(connection)));
            statement.execute("SELECT pg_advisory_unlock(" + LOCK + ")");
        }
    }

    private static void apply(Connection connection, List<Script> pending) throws SQLException {
        connection.setAutoCommit(false);
        try (Statement statement = connection.createStatement();
                PreparedStatement record =
                        connection.prepareStatement("INSERT INTO jdbc_history (script, checksum) VALUES (?, ?)")) {
            for (Script script : pending) {
                statement.execute(script.text());
                record.setString(1, script.name());
                record.setString(2, script.checksum());
                record.executeUpdate();
                connection.commit();
            }
        }
        connection.setAutoCommit(true);
    }

    private static List<Script> pending(List<Script> scripts, Map<String, String> history) {
        List<Script> pending = new ArrayList<>();
        for (Script script : scripts) {
            String checksum = history.get(script.name());
            if (checksum == null) {
                pending.add(script);
            } else if (!checksum.equals(script.checksum())) {
                throw new IllegalStateException(script.name() + " was changed");
            }
        }
        return pending;
    }

    private static Map<String, String> history(Connection connection) throws SQLException {
        Map<String, String> history = new HashMap<>();
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("SELECT script, checksum FROM jdbc_history")) {
            while (rows.next()) {
                history.put(rows.getString(1), rows.getString(2));
            }
        } catch (SQLException e) {
            if (!UNDEFINED_TABLE.equals(e.getSQLState())) {
                throw e;
            }
        }
        return history;
    }

    private List<Script> scripts() throws IOException, NoSuchAlgorithmException {
        List<Path> files;
        try (Stream<Path> found = Files.walk(task.folder())) {
            files = found.filter(file -> file.toString().endsWith(".sql"))
                    .sorted()
                    .toList();
        }
        MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
        List<Script> scripts = new ArrayList<>(files.size());
        for (Path file : files) {
            byte[] bytes = Files.readAllBytes(file);
            String text = new String(bytes, StandardCharsets.UTF_8);
            String checksum = HexFormat.of().formatHex(sha256.digest(bytes));
            scripts.add(new Script(file.getFileName().toString(), text, checksum));
        }
        return scripts;
    }
}
