package io.mhras.migrations.schema.scratch;

import io.mhras.migrations.SourceLocation;
import io.mhras.migrations.postgresql.sql.SqlQuote;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.postgresql.PGConnection;

/** What has to be true of a server and a user before a scratch database is made there. */
final class ServerCheck {

    /** Users of managed services who are no superusers, and may create what needs one. */
    private static final String ALMOST_SUPERUSER =
            "('rds_superuser', 'cloudsqlsuperuser', 'alloydbsuperuser', 'azure_pg_admin')";

    private final Connection connection;

    ServerCheck(Connection connection) {
        this.connection = connection;
    }

    /** Refuses a standby, and a pooler, which does not lead to a database that it does not know. */
    void requirePrimary() throws SQLException {
        if (isTrue("SELECT pg_is_in_recovery()")) {
            throw WaysOut.refusal("No scratch database can be made: this server is a standby, which only reads.");
        }
        if (connection.isWrapperFor(PGConnection.class)
                && connection.unwrap(PGConnection.class).getBackendPID() != number("SELECT pg_backend_pid()")) {
            throw WaysOut.refusal("No scratch database can be made: a connection pooler, such as PgBouncer, stands"
                    + " between this process and PostgreSQL, and leads to the databases only that it knows.");
        }
    }

    void requireRight() throws SQLException {
        if (!isTrue("SELECT rolcreatedb OR rolsuper FROM pg_roles WHERE rolname = current_user")) {
            throw WaysOut.refusal("No scratch database can be made: the user " + user()
                    + " may not create databases on this server (it has no CREATEDB).");
        }
    }

    /** Refuses files that create extensions which are not there, or which the user may not create. */
    void requireExtensions(Map<String, SourceLocation> named) throws SQLException {
        Map<String, SourceLocation> wanted = new TreeMap<>(named);
        wanted.keySet().removeAll(names("SELECT extname FROM pg_extension", List.of()));
        if (wanted.isEmpty()) {
            return;
        }
        Set<String> available = names("SELECT name FROM pg_available_extensions WHERE name = ANY (?)", wanted.keySet());
        Map<String, SourceLocation> missing = new TreeMap<>(wanted);
        missing.keySet().removeAll(available);
        if (!missing.isEmpty()) {
            throw WaysOut.refusal("The scratch database's server has no " + listed("extension", missing) + ".");
        }
        Map<String, SourceLocation> forbidden = new TreeMap<>(wanted);
        forbidden.keySet().retainAll(names("""
                        SELECT v.name
                        FROM pg_available_extension_versions v
                             JOIN pg_available_extensions e ON e.name = v.name AND e.default_version = v.version
                             JOIN pg_roles r ON r.rolname = current_user
                        WHERE v.name = ANY (?) AND v.superuser AND NOT v.trusted AND NOT r.rolsuper
                          AND NOT EXISTS (SELECT FROM pg_roles a
                                          WHERE a.rolname IN %s AND pg_has_role(a.oid, 'MEMBER'))""".formatted(ALMOST_SUPERUSER), wanted.keySet()));
        if (!forbidden.isEmpty()) {
            throw WaysOut.refusal("The user " + user() + " may not create " + listed("extension", forbidden)
                    + " in a scratch database: only a superuser may.");
        }
    }

    /** Refuses files that name roles which are not there. */
    void requireRoles(Map<String, SourceLocation> named) throws SQLException {
        Map<String, SourceLocation> missing = new TreeMap<>(named);
        if (missing.isEmpty()) {
            return;
        }
        missing.keySet().removeAll(names("SELECT rolname FROM pg_roles WHERE rolname = ANY (?)", named.keySet()));
        if (!missing.isEmpty()) {
            throw WaysOut.refusal("The scratch database's server has no " + listed("role", missing)
                    + ". Create the role there first, without any rights, if it is another server.");
        }
    }

    /** Makes those that are not there, on a server that goes afterwards. */
    void makeRoles(Set<String> named) throws SQLException {
        Set<String> missing = new TreeSet<>(named);
        missing.removeAll(names("SELECT rolname FROM pg_roles WHERE rolname = ANY (?)", named));
        try (Statement statement = connection.createStatement()) {
            for (String role : missing) {
                statement.execute("CREATE ROLE " + SqlQuote.identifier(role));
            }
        }
    }

    private static String listed(String kind, Map<String, SourceLocation> named) {
        return named.entrySet().stream()
                .map(one -> kind + " " + one.getKey() + ", which " + one.getValue() + " names")
                .collect(Collectors.joining("; no "));
    }

    String user() throws SQLException {
        return text("SELECT current_user");
    }

    private Set<String> names(String sql, Collection<String> among) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            if (sql.contains("?")) {
                statement.setArray(1, connection.createArrayOf("text", among.toArray()));
            }
            try (ResultSet rows = statement.executeQuery()) {
                Set<String> names = new TreeSet<>();
                while (rows.next()) {
                    names.add(rows.getString(1));
                }
                return names;
            }
        }
    }

    private boolean isTrue(String sql) throws SQLException {
        return text(sql).equals("t");
    }

    private int number(String sql) throws SQLException {
        return Integer.parseInt(text(sql));
    }

    private String text(String sql) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            return row.next() ? String.valueOf(row.getString(1)) : "";
        }
    }
}
