package io.mhras.migrations.test.template;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/** What belongs to a database as a whole, which the server does not copy with it: its settings and grants. */
final class DatabaseProperties {

    private static final String STATEMENTS = """
            SELECT format('SELECT set_config(%L, %L, true); ALTER DATABASE %I SET %s FROM CURRENT',
                          split_part(setting, '=', 1), substr(setting, strpos(setting, '=') + 1), copy.name,
                          (SELECT string_agg(quote_ident(part), '.')
                           FROM   regexp_split_to_table(split_part(setting, '=', 1), '\\.') part))
            FROM   (SELECT ?::text AS source, ?::text AS name) copy
            JOIN   pg_database d ON d.datname = copy.source
            JOIN   pg_db_role_setting s ON s.setdatabase = d.oid AND s.setrole = 0
            CROSS JOIN unnest(s.setconfig) setting
            UNION ALL
            SELECT format('GRANT %s ON DATABASE %I TO %s%s', privilege_type, copy.name,
                          CASE grantee WHEN 0 THEN 'PUBLIC' ELSE quote_ident(pg_get_userbyid(grantee)) END,
                          CASE WHEN is_grantable THEN ' WITH GRANT OPTION' ELSE '' END)
            FROM   (SELECT ?::text AS source, ?::text AS name) copy
            JOIN   pg_database d ON d.datname = copy.source
            CROSS JOIN aclexplode(d.datacl)
            """;

    private DatabaseProperties() {}

    static void copy(Connection connection, String from, String to) throws SQLException {
        List<String> statements = new ArrayList<>();
        try (PreparedStatement query = connection.prepareStatement(STATEMENTS)) {
            query.setString(1, from);
            query.setString(2, to);
            query.setString(3, from);
            query.setString(4, to);
            try (ResultSet rows = query.executeQuery()) {
                while (rows.next()) {
                    statements.add(rows.getString(1));
                }
            }
        }
        if (statements.isEmpty()) {
            return;
        }
        connection.setAutoCommit(false);
        try (Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
            connection.commit();
        } finally {
            connection.setAutoCommit(true);
        }
    }
}
