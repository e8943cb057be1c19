package io.mhras.migrations.postgresql.sql;

import static org.assertj.core.api.Assertions.assertThat;

import io.mhras.migrations.postgresql.wire.BorrowedConnection;
import io.mhras.migrations.postgresql.wire.Notices;
import io.mhras.migrations.postgresql.wire.QueryMessage;
import io.mhras.migrations.postgresql.wire.QuerySender;
import io.mhras.migrations.testing.Catalog;
import io.mhras.migrations.testing.TestServer;
import io.mhras.migrations.testing.TestServer.TestDatabase;
import java.io.IOException;
import java.io.StringReader;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLWarning;
import java.sql.Statement;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.postgresql.core.BaseConnection;
import org.postgresql.core.NativeQuery;
import org.postgresql.core.Query;
import org.postgresql.core.QueryExecutor;
import org.postgresql.core.ResultHandlerBase;
import org.postgresql.core.SqlCommand;

/** Whether the server takes our statements, one by one, for the same script that it makes of the whole text itself. */
class SplitDifferentialTest {

    private static final int SCRIPTS = Integer.getInteger("test.differential.scripts", 120);
    private static final long SEED = Long.getLong("test.seed", 20_261_101L);

    @Test
    void statementByStatementAndTheWholeScriptLeaveTheSameCatalog() throws Exception {
        try (TestDatabase whole = TestServer.newDatabase();
                TestDatabase split = TestServer.newDatabase();
                BorrowedConnection wholeConnection = BorrowedConnection.from(whole.dataSource());
                Connection splitConnection = split.dataSource().getConnection()) {
            ScriptGenerator generator = new ScriptGenerator(SEED);
            int statements = 0;
            for (int i = 0; i < SCRIPTS; i++) {
                String script = generator.script();
                asOneMessage(wholeConnection, script);
                statements += oneByOne(splitConnection, script);
                assertThat(Catalog.of(split.dataSource()))
                        .as("seed %s, script %s:%n%s", SEED, i, script)
                        .isEqualTo(Catalog.of(whole.dataSource()));
                empty(wholeConnection.connection());
                empty(splitConnection);
            }
            assertThat(statements).isGreaterThan(SCRIPTS * 3);
        }
    }

    private static void asOneMessage(BorrowedConnection connection, String script) throws SQLException {
        String text = script.startsWith("\uFEFF") ? script.substring(1) : script;
        connection.sender(new Notices()).send(new QueryMessage().own(text), QuerySender.IGNORE_ROWS);
    }

    private static int oneByOne(Connection connection, String script) throws IOException, SQLException {
        SqlScript statements = new SqlScript(new StringReader(script));
        int count = 0;
        for (SqlStatement next = statements.next(); next != null; next = statements.next()) {
            parsed(connection, next.text());
            count++;
        }
        return count;
    }

    /** In a Parse message, which the server refuses if it holds more than one statement. */
    private static void parsed(Connection connection, String text) throws SQLException {
        QueryExecutor executor = connection.unwrap(BaseConnection.class).getQueryExecutor();
        Query query = executor.wrap(List.of(new NativeQuery(text, new int[0], false, SqlCommand.BLANK)));
        int flags = QueryExecutor.QUERY_ONESHOT | QueryExecutor.QUERY_SUPPRESS_BEGIN;
        executor.execute(query, null, new Answers(), 0, 0, flags);
    }

    private static final class Answers extends ResultHandlerBase {
        @Override
        public void handleWarning(SQLWarning warning) {}
    }

    private static void empty(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("""
                    DO $$
                    DECLARE s text;
                    BEGIN
                        FOR s IN SELECT nspname FROM pg_namespace WHERE nspname !~ '^(pg_|information)' LOOP
                            EXECUTE format('DROP SCHEMA %I CASCADE', s);
                        END LOOP;
                        CREATE SCHEMA public;
                    END $$""");
        }
    }
}
