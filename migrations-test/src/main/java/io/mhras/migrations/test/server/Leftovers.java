package io.mhras.migrations.test.server;

import java.io.IOException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/** Databases that processes have left behind which were killed. */
public final class Leftovers {

    /** How the name of a test's database begins; what follows is the time, to the hour, and something of its own. */
    public static final String TEST = "mhras_test_";

    /** How the name of a template begins that is not complete yet. */
    public static final String MAKING = "mhras_making_";

    private Leftovers() {}

    /** Drops all: nobody uses a server that has just been started. */
    static void drop(DatabaseServer server) throws IOException {
        try (Connection connection = server.connect()) {
            drop(connection, "true");
        } catch (SQLException e) {
            throw new IOException(e);
        }
    }

    /** Drops those of other processes, which may share the server: what nobody is connected to, and is hours old. */
    public static void dropOld(Connection connection) throws SQLException {
        drop(connection, """
                NOT EXISTS (SELECT FROM pg_stat_activity a WHERE a.datid = d.oid)
                AND pg_has_role(d.datdba, 'USAGE')
                AND split_part(datname, '_', 3) < to_char(now() AT TIME ZONE 'UTC' - interval '2 hours', 'YYYYMMDDHH24')""");
    }

    private static void drop(Connection connection, String condition) throws SQLException {
        String sql = "SELECT datname FROM pg_database d WHERE (starts_with(datname, '" + TEST
                + "') OR starts_with(datname, '" + MAKING + "')) AND " + condition;
        List<String> names = new ArrayList<>();
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            while (rows.next()) {
                names.add(rows.getString(1));
            }
        }
        try (Statement statement = connection.createStatement()) {
            for (String name : names) {
                statement.execute("DROP DATABASE IF EXISTS \"" + name + "\" WITH (FORCE)");
            }
        }
    }
}
