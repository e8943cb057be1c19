package io.mhras.migrations.schema.scratch;

import static io.mhras.migrations.postgresql.sql.SqlQuote.identifier;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Scratch databases of processes that were killed before they could drop them. */
final class Leftovers {

    private static final Duration AGE = Duration.ofHours(1);

    private Leftovers() {}

    /**
     * Drops those that are certain to be such: by name and comment, of this user, older than an hour, with no session.
     * What cannot be dropped stays.
     *
     * @return the names of those that are gone
     */
    static List<String> drop(Connection connection) throws SQLException {
        List<String> dropped = new ArrayList<>();
        for (String name : found(connection)) {
            try (Statement statement = connection.createStatement()) {
                // Not WITH (FORCE): a session that has come in the meantime uses it.
                statement.execute("DROP DATABASE IF EXISTS " + identifier(name));
                dropped.add(name);
            } catch (SQLException e) {
                System.getLogger(Leftovers.class.getName())
                        .log(System.Logger.Level.DEBUG, "The leftover scratch database " + name + " stays", e);
            }
        }
        return dropped;
    }

    private static List<String> found(Connection connection) throws SQLException {
        List<String> found = new ArrayList<>();
        try (PreparedStatement statement = connection.prepareStatement("""
                        SELECT d.datname, extract(epoch FROM now())::bigint
                        FROM pg_database d
                        WHERE d.datdba = current_user::regrole
                          AND starts_with(shobj_description(d.oid, 'pg_database'), ?)
                          AND NOT EXISTS (SELECT FROM pg_stat_activity a WHERE a.datid = d.oid)
                        ORDER BY d.datname""")) {
            statement.setString(1, ScratchComment.PASSING);
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    String name = rows.getString(1);
                    Instant oldest = Instant.ofEpochSecond(rows.getLong(2)).minus(AGE);
                    if (ScratchName.madeAt(name).filter(oldest::isAfter).isPresent()) {
                        found.add(name);
                    }
                }
            }
        }
        return found;
    }
}
