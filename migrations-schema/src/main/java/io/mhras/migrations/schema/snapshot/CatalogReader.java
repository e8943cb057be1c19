package io.mhras.migrations.schema.snapshot;

import io.mhras.migrations.schema.FactId;
import io.mhras.migrations.schema.FactKind;
import io.mhras.migrations.schema.SchemaFact;
import io.mhras.migrations.schema.SchemaGap;
import io.mhras.migrations.schema.SchemaSnapshot;
import java.sql.Array;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Reads the catalog as it is at one moment.
 *
 * <p>Each kind of object is one query for all of its objects, so that their number does not matter to the number of
 * questions.
 */
public final class CatalogReader {

    /** Texts depend on all of these; names in them are qualified unless they are the server's own. */
    static final String SETTINGS = """
            SET LOCAL search_path = pg_catalog;
            SET LOCAL quote_all_identifiers = off;
            SET LOCAL TimeZone = 'UTC';
            SET LOCAL DateStyle = ISO;
            SET LOCAL IntervalStyle = postgres;
            SET LOCAL extra_float_digits = 3;
            SET LOCAL bytea_output = hex;
            SET LOCAL xmlbinary = base64""";

    private static final String BEGIN = "SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY;" + SETTINGS;

    private static final String INSUFFICIENT_PRIVILEGE = "42501";

    private static final int ROWS_AT_ONCE = 1000;

    private final Connection connection;
    private final int majorVersion;
    private final CatalogFacts facts = new CatalogFacts();
    private final Map<CatalogQuery, String> refused;

    private CatalogReader(Connection connection, Map<CatalogQuery, String> refused) throws SQLException {
        this.connection = connection;
        this.refused = refused;
        this.majorVersion = connection.getMetaData().getDatabaseMajorVersion();
    }

    /**
     * Reads it, and leaves the connection as it was. What the user may not read is named in the answer.
     *
     * @param connection with no transaction open
     * @param withRights whether owners, grants and default privileges are read, too
     */
    public static SchemaSnapshot read(Connection connection, boolean withRights) throws SQLException {
        boolean autoCommit = connection.getAutoCommit();
        connection.setAutoCommit(false);
        SchemaSnapshot snapshot;
        try {
            snapshot = readAllowed(connection, withRights);
        } catch (SQLException e) {
            // What the connection was lost by tells more than that it cannot be put back.
            try {
                end(connection, autoCommit);
            } catch (SQLException another) {
                e.addSuppressed(another);
            }
            throw e;
        }
        end(connection, autoCommit);
        return snapshot;
    }

    private static SchemaSnapshot readAllowed(Connection connection, boolean withRights) throws SQLException {
        Map<CatalogQuery, String> refused = new LinkedHashMap<>();
        while (true) {
            try {
                return new CatalogReader(connection, refused).read(withRights);
            } catch (QueryRefused e) {
                // From the start, since all that is read has to be of one moment.
                connection.rollback();
                refused.put(e.query, e.why);
            }
        }
    }

    private static void end(Connection connection, boolean autoCommit) throws SQLException {
        connection.rollback();
        connection.setAutoCommit(autoCommit);
    }

    /** The user lacks a right to a system table, which is met where an administrator has taken it from PUBLIC. */
    private static final class QueryRefused extends SQLException {
        private static final long serialVersionUID = 1L;

        private final transient CatalogQuery query;
        private final String why;

        QueryRefused(CatalogQuery query, SQLException refusal) {
            super(refusal);
            this.query = query;
            this.why = String.valueOf(refusal.getMessage()).replaceFirst("^ERROR: ", "");
        }
    }

    private SchemaSnapshot read(boolean withRights) throws SQLException {
        try (Statement begin = connection.createStatement()) {
            begin.execute(BEGIN);
        }
        for (CatalogQuery query : CatalogQuery.FACTS) {
            forEach(query, this::fact);
        }
        forEach(
                CatalogQuery.COMMENTS,
                row -> facts.addAbout(address(row, 1), FactKind.COMMENT, "text", row.getString(4), row.getString(5)));
        if (withRights) {
            forEach(CatalogQuery.DEFAULT_PRIVILEGES, this::fact);
            forEach(
                    CatalogQuery.OWNERS,
                    row -> facts.addAbout(address(row, 1), FactKind.OWNER, "role", row.getString(4), null));
            forEach(
                    CatalogQuery.GRANTS,
                    row -> facts.addAbout(
                            address(row, 1), FactKind.GRANT, "privileges", row.getString(5), row.getString(4)));
        }
        forEach(CatalogQuery.ADDRESSES, row -> facts.addPart(address(row, 1), address(row, 4)));
        forEach(CatalogQuery.EDGES, row -> facts.addEdge(address(row, 1), address(row, 4)));
        Map<String, Integer> unread = new TreeMap<>();
        forEach(CatalogQuery.UNREAD, row -> unread.put(row.getString(1), row.getInt(2)));
        return new SchemaSnapshot(
                majorVersion, List.copyOf(facts.facts().values()), facts.edges(), unread, gaps(), List.of());
    }

    private List<SchemaGap> gaps() {
        return refused.entrySet().stream()
                .map(each ->
                        new SchemaGap(each.getKey().subject(), each.getKey().kinds(), each.getValue()))
                .toList();
    }

    private void fact(ResultSet row) throws SQLException {
        FactId id = new FactId(FactKind.valueOf(row.getString(4)), List.of(names(row.getArray(5))));
        String parentKind = row.getString(6);
        FactId parent =
                parentKind == null ? null : new FactId(FactKind.valueOf(parentKind), List.of(names(row.getArray(7))));
        facts.add(address(row, 1), new SchemaFact(id, parent, row.getInt(8), attributes(row.getArray(9))));
    }

    private static String[] names(Array array) throws SQLException {
        return (String[]) array.getArray();
    }

    /** Names and values take turns; what has no value is as usual. */
    private static Map<String, String> attributes(Array array) throws SQLException {
        @Nullable String[] pairs = (@Nullable String[]) array.getArray();
        Map<String, String> attributes = new LinkedHashMap<>();
        for (int i = 0; i < pairs.length; i += 2) {
            String name = pairs[i];
            String value = pairs[i + 1];
            if (name != null && value != null) {
                attributes.put(name, value);
            }
        }
        return attributes;
    }

    private static CatalogAddress address(ResultSet row, int column) throws SQLException {
        return new CatalogAddress(row.getLong(column), row.getLong(column + 1), row.getInt(column + 2));
    }

    private void forEach(CatalogQuery query, RowReader reader) throws SQLException {
        if (refused.containsKey(query)) {
            return;
        }
        try {
            forEachRow(query, reader);
        } catch (SQLException e) {
            throw INSUFFICIENT_PRIVILEGE.equals(e.getSQLState()) ? new QueryRefused(query, e) : e;
        }
    }

    private void forEachRow(CatalogQuery query, RowReader reader) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.setFetchSize(ROWS_AT_ONCE);
            try (ResultSet rows = statement.executeQuery(query.sql(majorVersion))) {
                while (rows.next()) {
                    reader.read(rows);
                }
            }
        }
    }

    /** Reads the row that is at hand. */
    @FunctionalInterface
    private interface RowReader {
        void read(ResultSet row) throws SQLException;
    }
}
