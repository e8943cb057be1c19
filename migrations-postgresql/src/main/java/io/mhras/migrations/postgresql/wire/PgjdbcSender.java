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
import org.postgresql.core.TransactionState;
import org.postgresql.core.Tuple;
import org.postgresql.jdbc.PreferQueryMode;
import org.postgresql.util.PSQLException;
import org.postgresql.util.ServerErrorMessage;

/**
 * Sends a message's text as it is, as one Query message of the simple protocol.
 *
 * <p>One round trip for the whole message, nothing in it is replaced, and the server's error positions count from its
 * beginning. It uses pgjdbc's internals, which were the same from 42.7.2 on.
 */
final class PgjdbcSender implements QuerySender {

    private static final int FLAGS = QueryExecutor.QUERY_SUPPRESS_BEGIN | QueryExecutor.QUERY_NO_BINARY_TRANSFER;
    private static final int MESSAGE =
            FLAGS | QueryExecutor.QUERY_EXECUTE_AS_SIMPLE | QueryExecutor.QUERY_BOTH_ROWS_AND_STATUS;
    // One row is in memory at a time, and not even one that is too large for it.
    private static final int WITHOUT_ROWS = MESSAGE | QueryExecutor.QUERY_NO_RESULTS;
    private static final int IN_PAGES = FLAGS | QueryExecutor.QUERY_FORWARD_CURSOR | QueryExecutor.QUERY_ONESHOT;

    private final Connection connection;
    private final QueryExecutor executor;
    private final Notices notices;

    PgjdbcSender(Connection connection, Notices notices) throws SQLException {
        this.connection = connection;
        this.executor = connection.unwrap(BaseConnection.class).getQueryExecutor();
        this.notices = notices;
    }

    /** Whether the connection is pgjdbc's underneath. */
    static boolean suits(Connection connection) throws SQLException {
        return connection.isWrapperFor(BaseConnection.class);
    }

    /**
     * As one Query message, if it can be: pgjdbc has either all rows of a message in memory at once, or none. So what a
     * script's statements may return comes in a message before that of our own answers.
     */
    @Override
    public void send(QueryMessage message, RowConsumer rows) {
        List<QueryMessage.Part> parts = message.parts();
        int to;
        for (int from = 0; from < parts.size(); from = to) {
            boolean inPages = returnsMany(parts.get(from)) && rows.wants(parts.get(from));
            to = inPages ? from + 1 : end(parts, from, rows);
            Results results = new Results(message, from, rows, notices);
            Query query = executor.wrap(List.of(
                    inPages
                            ? new NativeQuery(message.text(parts.get(from)), new int[0], false, SqlCommand.BLANK)
                            : new NativeQuery(message.text(from, to), SqlCommand.BLANK)));
            PreferQueryMode usual = executor.getPreferQueryMode();
            // In its usual mode pgjdbc would ignore the flag that asks for the simple protocol.
            executor.setPreferQueryMode(PreferQueryMode.EXTENDED_FOR_PREPARED);
            try {
                if (inPages) {
                    sendInPages(query, results);
                } else {
                    boolean isWanted = !returnsMany(parts.get(to - 1)) && rows.wants(parts.get(to - 1));
                    executor.execute(query, null, results, 0, 0, isWanted ? MESSAGE : WITHOUT_ROWS);
                }
            } catch (SQLException e) {
                throw failure(message, from, results.completed, e);
            } catch (OutOfMemoryError e) {
                throw failure(message, from, results.completed, PostgresErrors.ofMemory(e));
            } finally {
                executor.setPreferQueryMode(usual);
                query.close();
            }
            if (results.refusal != null) {
                throw results.refusal;
            }
        }
    }

    /** Whether a script's statement may return rows, and as many as it likes; statements of ours return a few. */
    private static boolean returnsMany(QueryMessage.Part part) {
        return part.statement() != null && part.statement().mayReturnRows();
    }

    /** Where a message ends that begins here: behind the last statement whose rows are thrown away, or before a wanted one. */
    private static int end(List<QueryMessage.Part> parts, int from, RowConsumer rows) {
        int thrownAway = from;
        for (int i = from; i < parts.size(); i++) {
            if (returnsMany(parts.get(i))) {
                if (rows.wants(parts.get(i))) {
                    return i;
                }
                thrownAway = i + 1;
            }
        }
        return thrownAway == from || rows == IGNORE_ROWS ? parts.size() : thrownAway;
    }

    private void sendInPages(Query query, Results results) throws SQLException {
        PageSize page = new PageSize();
        executor.execute(query, null, results, 0, page.rows(), IN_PAGES);
        ResultCursor cursor = results.cursor;
        while (cursor != null) {
            if (results.refusal != null) {
                cursor.close();
                return;
            }
            page.learn(results.rowsOfPage, results.bytesOfPage);
            results.cursor = null;
            executor.fetch(cursor, results, page.rows(), false);
            cursor = results.cursor;
        }
    }

    @Override
    public long copy(SqlStatement statement, CopyData data, int number) throws IOException {
        return new CopySender(connection, notices).send(statement, data, number);
    }

    @Override
    public boolean isInTransaction() {
        return executor.getTransactionState() != TransactionState.IDLE;
    }

    private static StatementFailed failure(QueryMessage message, int from, int completed, SQLException error) {
        ServerErrorMessage server = error instanceof PSQLException psql ? psql.getServerErrorMessage() : null;
        if (server != null && server.getPosition() > 0) {
            String text = message.text();
            int sent = message.parts().get(from).start();
            int index = text.offsetByCodePoints(
                    sent, Math.min(server.getPosition() - 1, text.codePointCount(sent, text.length())));
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
        private final Notices notices;
        private int completed;
        private Field @Nullable [] columns;
        private @Nullable ResultCursor cursor;
        private int rowsOfPage;
        private long bytesOfPage;
        private @Nullable RuntimeException refusal;

        Results(QueryMessage message, int from, RowConsumer rows, Notices notices) {
            this.message = message;
            this.completed = from;
            this.rows = rows;
            this.notices = notices;
        }

        private QueryMessage.Part current() {
            // A rule can answer one statement with several results; the count then runs ahead, and only a guess is
            // lost.
            return message.parts().get(Math.min(completed, message.parts().size() - 1));
        }

        @Override
        public void handleResultRows(
                Query query, Field @Nullable [] fields, List<Tuple> tuples, @Nullable ResultCursor next) {
            cursor = next;
            columns = fields == null ? columns : fields;
            rowsOfPage = tuples.size();
            bytesOfPage = 0;
            QueryMessage.Part part = current();
            for (Tuple tuple : tuples) {
                bytesOfPage += tuple.length();
                // Thrown once all is read, or the next message would get the rest of this one's answer.
                if (refusal == null && columns != null && rows.wants(part)) {
                    try {
                        rows.accept(part, row(columns, tuple));
                    } catch (RuntimeException e) {
                        refusal = e;
                    }
                }
            }
        }

        /** Each statement's last answer. */
        @Override
        public void handleCommandStatus(String status, long updateCount, long insertOid) {
            QueryMessage.Part part = current();
            completed++;
            rows.done(part, updateCount);
        }

        @Override
        public void handleWarning(SQLWarning warning) {
            notices.take(warning);
        }

        private static List<Column> row(Field[] fields, Tuple tuple) {
            List<Column> row = new ArrayList<>(fields.length);
            for (int i = 0; i < fields.length; i++) {
                byte[] value = tuple.get(i);
                row.add(new Column(
                        fields[i].getColumnLabel(),
                        fields[i].getOID() == Oid.BOOL,
                        value == null ? null : new String(value, StandardCharsets.UTF_8)));
            }
            return row;
        }
    }
}
