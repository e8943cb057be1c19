package io.mhras.migrations.postgresql.wire;

import io.mhras.migrations.postgresql.sql.CopyData;
import io.mhras.migrations.postgresql.sql.SqlStatement;
import java.io.IOException;
import java.sql.SQLException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Sends messages of several statements, which begin and end their transactions themselves. */
public interface QuerySender {

    /**
     * One value of a row.
     *
     * @param name the column's name
     * @param isBoolean whether its type is boolean
     * @param text the value in the server's text form; null for SQL NULL
     */
    record Column(String name, boolean isBoolean, @Nullable String text) {}

    /** What is to be done with rows; they come statement by statement. */
    @FunctionalInterface
    interface RowConsumer {
        void accept(QueryMessage.Part part, List<List<Column>> rows);

        /** A statement changed so many rows, and returned none. */
        default void changed(QueryMessage.Part part, long rows) {}
    }

    /** For messages whose rows do not matter. */
    RowConsumer IGNORE_ROWS = (part, rows) -> {};

    /**
     * Sends a message and waits until the server is done with it. After an error the rest of the message was not run.
     *
     * @throws StatementFailed if a statement of it failed
     */
    void send(QueryMessage message, RowConsumer rows);

    /** Sends a {@code COPY ... FROM STDIN} with the data that follow it. */
    void copy(SqlStatement statement, CopyData data, int number) throws IOException;

    /** A statement of a message failed. */
    final class StatementFailed extends RuntimeException {

        private final transient QueryMessage.Part part;
        private final int offset;
        private final SQLException error;

        /** Which statement failed, and which code point in it the server points at, from 0; -1 if it points at none. */
        StatementFailed(QueryMessage.Part part, int offset, SQLException error) {
            super(error);
            this.part = part;
            this.offset = offset;
            this.error = error;
        }

        /** The same error, at a statement of the script that came before it and led to it. */
        public StatementFailed ledTo(SqlStatement statement, int number) {
            return new StatementFailed(new QueryMessage.Part(0, 0, statement, number), -1, error);
        }

        public QueryMessage.Part part() {
            return part;
        }

        public int offset() {
            return offset;
        }

        public SQLException error() {
            return error;
        }
    }
}
