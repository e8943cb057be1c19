package io.mhras.migrations.postgresql.wire;

import io.mhras.migrations.MigrationScript;
import io.mhras.migrations.MigrationStep;
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

    /**
     * What is to be done with what a message's statements answer, in the order in which they do. Rows that are not wanted are
     * thrown away as they come, and the others are not kept either.
     */
    @FunctionalInterface
    interface RowConsumer {

        /** A statement returned this row. */
        void accept(QueryMessage.Part part, List<Column> row);

        /** Whether the rows of this statement are wanted; as a rule, of those of ours. */
        default boolean wants(QueryMessage.Part part) {
            return this != IGNORE_ROWS && part.statement() == null;
        }

        /** A statement is done, and has changed or returned so many rows. */
        default void done(QueryMessage.Part part, long rows) {}
    }

    /** For messages whose rows do not matter. */
    RowConsumer IGNORE_ROWS = (part, row) -> {};

    /**
     * What follows is of this script, for those who want to know.
     *
     * @param done how many of its statements are committed, and do not run again
     */
    default void begin(MigrationStep step, MigrationScript script, int done) {}

    /** Whether the server has a transaction open. Where a script is only written down, there is none. */
    default boolean isInTransaction() {
        return false;
    }

    /**
     * Sends a message and waits until the server is done with it. After an error the rest of the message was not run.
     *
     * @throws StatementFailed if a statement of it failed
     */
    void send(QueryMessage message, RowConsumer rows);

    /** Sends a {@code COPY ... FROM STDIN} with the data that follow it; returns how many rows that were. */
    long copy(SqlStatement statement, CopyData data, int number) throws IOException;

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
