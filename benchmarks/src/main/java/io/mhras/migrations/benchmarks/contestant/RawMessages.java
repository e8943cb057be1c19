package io.mhras.migrations.benchmarks.contestant;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLWarning;
import java.util.List;
import java.util.stream.Stream;
import org.postgresql.core.BaseConnection;
import org.postgresql.core.NativeQuery;
import org.postgresql.core.Query;
import org.postgresql.core.QueryExecutor;
import org.postgresql.core.ResultHandlerBase;
import org.postgresql.core.SqlCommand;
import org.postgresql.jdbc.PreferQueryMode;

/**
 * The least that sending a file can cost: its lines as Query messages of the simple protocol, in one transaction.
 *
 * <p>It knows that each line is a statement, so it reads and sends without looking. It keeps no history.
 */
final class RawMessages implements Contestant {

    private static final int FLAGS = QueryExecutor.QUERY_EXECUTE_AS_SIMPLE
            | QueryExecutor.QUERY_SUPPRESS_BEGIN
            | QueryExecutor.QUERY_NO_RESULTS
            | QueryExecutor.QUERY_NO_BINARY_TRANSFER;

    private final Task task;
    private final int statementsPerMessage;

    RawMessages(Task task, int statementsPerMessage) {
        this.task = task;
        this.statementsPerMessage = statementsPerMessage;
    }

    @Override
    public void migrate() throws Exception {
        List<Path> files;
        try (Stream<Path> found = Files.list(task.folder())) {
            files = found.sorted().toList();
        }
        try (Connection connection = task.dataSource().getConnection()) {
            QueryExecutor executor = connection.unwrap(BaseConnection.class).getQueryExecutor();
            executor.setPreferQueryMode(PreferQueryMode.EXTENDED_FOR_PREPARED);
            for (Path file : files) {
                send(file, executor);
            }
        }
    }

    private void send(Path file, QueryExecutor executor) throws IOException, SQLException {
        StringBuilder message = new StringBuilder("BEGIN;\n");
        int statements = 0;
        try (BufferedReader reader = Files.newBufferedReader(file)) {
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                message.append(line).append('\n');
                statements++;
                if (statements == statementsPerMessage) {
                    send(message, executor);
                    message.setLength(0);
                    statements = 0;
                }
            }
        }
        send(message.append("COMMIT;\n"), executor);
    }

    private static void send(StringBuilder message, QueryExecutor executor) throws SQLException {
        Query query = executor.wrap(List.of(new NativeQuery(message.toString(), SqlCommand.BLANK)));
        executor.execute(query, null, new NoResults(), 0, 0, FLAGS);
        query.close();
    }

    private static final class NoResults extends ResultHandlerBase {
        @Override
        public void handleWarning(SQLWarning warning) {
            // Nobody reads them.
        }
    }
}
