package io.mhras.migrations.schema.scratch;

import io.mhras.migrations.MigrationException.Refused;
import io.mhras.migrations.postgresql.sql.SqlTemplate;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** An empty database that somebody else has made, for a user who may not make one. */
record GivenDatabase(String name, Connection connection) {

    private static final String CONTENTS =
            SqlTemplate.of(GivenDatabase.class, "contents").text();
    private static final String LOCK = "hashtext('mhras migrations scratch')";
    private static final int ATTEMPTS = 20;
    private static final long PAUSE_MS = 50;
    private static final int MOST_LISTED = 5;
    private static final int MOST_ROUNDS = 5;

    /** Takes it for as long as the connection is open. */
    void take() throws SQLException {
        if (!isLocked()) {
            throw new Refused(
                    "The database " + name + " is in use as a scratch database already.",
                    "Wait until the other one is done with it, or name another database.");
        }
        List<String> contents = List.copyOf(contents().keySet());
        if (!contents.isEmpty()) {
            throw new Refused(
                    "The database " + name + " is not empty: it has "
                            + String.join(", ", contents.subList(0, Math.min(MOST_LISTED, contents.size())))
                            + (contents.size() > MOST_LISTED ? " and " + (contents.size() - MOST_LISTED) + " more" : "")
                            + ". Nothing was done to it.",
                    "Name a database with nothing in it: everything that is in it afterwards is dropped.");
        }
    }

    /** A session that was closed just now holds its lock until the server has noticed. */
    private boolean isLocked() throws SQLException {
        for (int attempt = 1; ; attempt++) {
            try (Statement statement = connection.createStatement();
                    ResultSet row = statement.executeQuery("SELECT pg_try_advisory_lock(" + LOCK + ")")) {
                row.next();
                if (row.getBoolean(1) || attempt == ATTEMPTS) {
                    return row.getBoolean(1);
                }
                Thread.sleep(PAUSE_MS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return false;
            }
        }
    }

    /** Drops what has come into it; returns what could not be dropped. */
    List<String> empty() throws SQLException {
        Map<String, String> contents = contents();
        for (int round = 0; round < MOST_ROUNDS && !contents.isEmpty(); round++) {
            for (String drop : contents.values()) {
                try (Statement statement = connection.createStatement()) {
                    statement.execute(drop);
                } catch (SQLException e) {
                    // What needs it may be dropped in the next round.
                    System.getLogger(GivenDatabase.class.getName()).log(System.Logger.Level.DEBUG, drop, e);
                }
            }
            contents = contents();
        }
        return List.copyOf(contents.keySet());
    }

    /** What drops each object in it. */
    private Map<String, String> contents() throws SQLException {
        Map<String, String> contents = new LinkedHashMap<>();
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(CONTENTS)) {
            while (rows.next()) {
                contents.put(rows.getString(1), rows.getString(2));
            }
        }
        return contents;
    }
}
