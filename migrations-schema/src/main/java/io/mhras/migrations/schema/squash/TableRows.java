package io.mhras.migrations.schema.squash;

import io.mhras.migrations.MigrationException.DatabaseUnavailable;
import io.mhras.migrations.schema.FactId;
import java.io.IOException;
import java.io.StringWriter;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import javax.sql.DataSource;
import org.postgresql.PGConnection;

/** Reads what is in the tables of a database, as what {@code COPY} writes and reads. */
public final class TableRows {

    private final DataSource dataSource;

    public TableRows(DataSource dataSource) {
        this.dataSource = dataSource;
    }

    /** One table's rows, and where its sequences are. */
    public record Copy(String table, String columns, List<String> rows, List<String> sequences) {

        /** Whether the same rows are there, in whichever order, and the sequences go on at the same values. */
        public boolean holdsTheSameAs(Copy other) {
            return rows.stream()
                            .sorted()
                            .toList()
                            .equals(other.rows.stream().sorted().toList())
                    && sequences.equals(other.sequences);
        }

        /** The statements that put them into the empty table. */
        @Override
        public String toString() {
            StringBuilder text = new StringBuilder();
            if (!rows.isEmpty()) {
                text.append("\nCOPY ")
                        .append(table)
                        .append(" (")
                        .append(columns)
                        .append(") FROM stdin;\n");
                rows.forEach(row -> text.append(row).append('\n'));
                text.append("\\.\n");
            }
            sequences.forEach(sequence -> text.append('\n').append(sequence).append(";\n"));
            return text.toString();
        }
    }

    /** Those of these tables that have rows of their own, by their quoted names. */
    public List<String> filled(Collection<FactId> tables) {
        return query(connection -> {
            List<String> filled = new ArrayList<>();
            for (FactId table : tables) {
                String name = name(table);
                String kind = "SELECT relkind = 'r' FROM pg_class WHERE oid = ?::regclass";
                if (strings(connection, kind, name).equals(List.of("t"))
                        && !strings(connection, "SELECT 1 FROM ONLY " + name + " LIMIT 1")
                                .isEmpty()) {
                    filled.add(name);
                }
            }
            return filled;
        });
    }

    /** Its name in SQL, with its schema. */
    public static String name(FactId table) {
        return FactId.quoted(table.path().get(0)) + '.' + FactId.quoted(table.name());
    }

    /** What is in these tables, what others refer to first. */
    public List<Copy> read(List<String> tables) {
        return query(connection -> {
            List<Copy> copies = new ArrayList<>();
            for (String table : inOrder(connection, tables)) {
                copies.add(read(connection, table));
            }
            return copies;
        });
    }

    private static Copy read(Connection connection, String table) throws SQLException {
        String columns = String.join(", ", strings(connection, """
                SELECT quote_ident(attname) FROM pg_attribute
                WHERE attrelid = ?::regclass AND attnum > 0 AND NOT attisdropped AND attgenerated = ''
                ORDER BY attnum""", table));
        StringWriter rows = new StringWriter();
        try {
            connection
                    .unwrap(PGConnection.class)
                    .getCopyAPI()
                    .copyOut("COPY (SELECT " + columns + " FROM ONLY " + table + ") TO STDOUT", rows);
        } catch (IOException e) {
            throw new SQLException("The rows of " + table + " could not be read: " + e.getMessage(), e);
        }
        List<String> sequences = new ArrayList<>();
        for (String sequence : strings(connection, """
                SELECT pg_get_serial_sequence(attrelid::regclass::text, attname) FROM pg_attribute
                WHERE attrelid = ?::regclass AND attnum > 0 AND NOT attisdropped
                  AND pg_get_serial_sequence(attrelid::regclass::text, attname) IS NOT NULL
                ORDER BY attnum""", table)) {
            sequences.addAll(strings(
                    connection,
                    "SELECT format('SELECT pg_catalog.setval(%L, %s, %L)', ?, last_value, is_called) FROM " + sequence,
                    sequence));
        }
        return new Copy(table, columns, rows.toString().lines().toList(), sequences);
    }

    /** A table after those that its foreign keys refer to; in a circle as they are given. */
    private static List<String> inOrder(Connection connection, List<String> tables) throws SQLException {
        List<String> open = new ArrayList<>(tables);
        List<String> ordered = new ArrayList<>();
        while (!open.isEmpty()) {
            String next = open.get(0);
            for (String table : open) {
                List<String> before = new ArrayList<>(strings(connection, """
                        SELECT format('%I.%I', nspname, relname)
                        FROM pg_constraint JOIN pg_class c ON c.oid = confrelid JOIN pg_namespace n ON n.oid = relnamespace
                        WHERE conrelid = ?::regclass AND contype = 'f' AND confrelid <> conrelid""", table));
                before.retainAll(open);
                if (before.isEmpty()) {
                    next = table;
                    break;
                }
            }
            open.remove(next);
            ordered.add(next);
        }
        return ordered;
    }

    private static List<String> strings(Connection connection, String sql, String... arguments) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            for (int i = 0; i < arguments.length; i++) {
                statement.setString(i + 1, arguments[i]);
            }
            List<String> found = new ArrayList<>();
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    found.add(rows.getString(1));
                }
            }
            return found;
        }
    }

    private interface Query<T> {
        T on(Connection connection) throws SQLException;
    }

    private <T> T query(Query<T> query) {
        try (Connection connection = dataSource.getConnection();
                Statement statement = connection.createStatement()) {
            // A name without a schema would mean what the scripts have left in it.
            statement.execute("SET search_path = ''");
            return query.on(connection);
        } catch (SQLException e) {
            throw new DatabaseUnavailable(
                    "The rows of the scratch database could not be read: " + e.getMessage(),
                    "Correct the cause and start again; nothing was written.",
                    e);
        }
    }
}
