package io.mhras.migrations.postgresql;

import java.sql.SQLException;

/** A statement of a message failed. */
final class StatementFailedException extends RuntimeException {

    private final transient QueryMessage.Part part;
    private final int offset;
    private final SQLException error;

    /**
     * Says which statement.
     *
     * @param offset the code point in the statement that the server points at, from 0; -1 if it points at none
     */
    StatementFailedException(QueryMessage.Part part, int offset, SQLException error) {
        super(error);
        this.part = part;
        this.offset = offset;
        this.error = error;
    }

    QueryMessage.Part part() {
        return part;
    }

    int offset() {
        return offset;
    }

    SQLException error() {
        return error;
    }
}
