package io.mhras.migrations.postgresql.wire;

import io.mhras.migrations.postgresql.sql.CopyData;
import io.mhras.migrations.postgresql.sql.SqlStatement;
import io.mhras.migrations.postgresql.wire.QuerySender.StatementFailed;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLWarning;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.postgresql.core.BaseConnection;
import org.postgresql.core.Field;
import org.postgresql.core.NativeQuery;
import org.postgresql.core.Oid;
import org.postgresql.core.Query;
import org.postgresql.core.QueryExecutor;
import org.postgresql.core.ResultCursor;
import org.postgresql.core.ResultHandlerBase;
import org.postgresql.core.SqlCommand;
import org.postgresql.core.Tuple;
import org.postgresql.jdbc.PreferQueryMode;
import org.postgresql.util.PSQLException;
import org.postgresql.util.ServerErrorMessage;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/**
 * Sends a message's text as it is, as one Query message of the simple protocol.
 *
 * <p>One round trip for the whole message, nothing in it is replaced, and the server's error positions count from its
 * beginning. It uses pgjdbc's internals, which were the same from 42.7.2 on.
 */
final class PgjdbcSender implements QuerySender {

    private static final Logger log = LoggerFactory.getLogger(PgjdbcSender.class);
    private static final int FLAGS = QueryExecutor.QUERY_EXECUTE_AS_SIMPLE
            | QueryExecutor.QUERY_SUPPRESS_BEGIN
            | QueryExecutor.QUERY_NO_BINARY_TRANSFER;

    // What a ROLLBACK gets after a message of which nothing ran, for a syntax error in it.
    private static final String NO_TRANSACTION = "25P01";

    private final Connection connection;
    private final QueryExecutor executor;

    PgjdbcSender(Connection connection) throws SQLException {
        this.connection = connection;
        this.executor = connection.unwrap(BaseConnection.class).getQueryExecutor();
    }

    /** Whether the connection is pgjdbc's underneath. */
    static boolean suits(Connection connection) throws SQLException {
        return connection.isWrapperFor(BaseConnection.class);
    }

    @Override
    public void send(QueryMessage message, RowConsumer rows) {
        Results results = new Results(message, rows);
        Query query = executor.wrap(List.of(new NativeQuery(message.text(), SqlCommand.BLANK)));
        PreferQueryMode usual = executor.getPreferQueryMode();
        // In its usual mode pgjdbc would ignore the flag that asks for the simple protocol.
        executor.setPreferQueryMode(PreferQueryMode.EXTENDED_FOR_PREPARED);
        try {
            executor.execute(query, null, results, 0, 0, FLAGS);
        } catch (SQLException e) {
            throw failure(message, results.completed, e);
        } finally {
            executor.setPreferQueryMode(usual);
            query.close();
        }
        if (results.refusal != null) {
            throw results.refusal;
        }
    }

    @Override
    public void copy(SqlStatement statement, CopyData data, int number) throws IOException {
        new CopySender(connection).send(statement, data, number);
    }

    private static StatementFailed failure(QueryMessage message, int completed, SQLException error) {
        ServerErrorMessage server = error instanceof PSQLException psql ? psql.getServerErrorMessage() : null;
        if (server != null && server.getPosition() > 0) {
            String text = message.text();
            int index = text.offsetByCodePoints(
                    0, Math.min(server.getPosition() - 1, text.codePointCount(0, text.length())));
            QueryMessage.Part part = message.partAt(index);
            if (part != null) {
                return new StatementFailed(part, text.codePointCount(part.start(), index), error);
            }
        }
        int failed = Math.min(completed, message.parts().size() - 1);
        return new StatementFailed(message.parts().get(failed), -1, error);
    }

    /** Counts what is done, so that an error without a position can be assigned. */
    private static final class Results extends ResultHandlerBase {
        private final QueryMessage message;
        private final RowConsumer rows;
        private int completed;
        private @Nullable RuntimeException refusal;

        Results(QueryMessage message, RowConsumer rows) {
            this.message = message;
            this.rows = rows;
        }

        @Override
        public void handleResultRows(Query query, Field[] fields, List<Tuple> tuples, @Nullable ResultCursor cursor) {
            // A rule can answer one statement with several results; the count then runs ahead, and only a guess is
            // lost.
            int part = Math.min(completed, message.parts().size() - 1);
            completed++;
            // Thrown once all is read, or the next message would get the rest of this one's answer.
            if (refusal == null && rows != IGNORE_ROWS) {
                try {
                    rows.accept(message.parts().get(part), toRows(fields, tuples));
                } catch (RuntimeException e) {
                    refusal = e;
                }
            }
        }

        @Override
        public void handleCommandStatus(String status, long updateCount, long insertOid) {
            int part = Math.min(completed, message.parts().size() - 1);
            completed++;
            rows.changed(message.parts().get(part), updateCount);
        }

        @Override
        public void handleWarning(SQLWarning warning) {
            String state = warning.getSQLState();
            if (NO_TRANSACTION.equals(state)) {
                return;
            }
            Level level = state != null && state.startsWith("01") ? Level.WARN : Level.DEBUG;
            log.atLevel(level).log(warning.getMessage());
        }

        private static List<List<Column>> toRows(Field[] fields, List<Tuple> tuples) {
            List<List<Column>> result = new ArrayList<>(tuples.size());
            for (Tuple tuple : tuples) {
                List<Column> columns = new ArrayList<>(fields.length);
                for (int i = 0; i < fields.length; i++) {
                    byte[] value = tuple.get(i);
                    columns.add(new Column(
                            fields[i].getColumnLabel(),
                            fields[i].getOID() == Oid.BOOL,
                            value == null ? null : new String(value, StandardCharsets.UTF_8)));
                }
                result.add(columns);
            }
            return result;
        }
    }
}
