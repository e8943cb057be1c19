package io.mhras.migrations.mongodb;

import com.mongodb.MongoException;

/** The server has undone the transaction for the sake of another one; it may be tried again. */
final class ConflictException extends RuntimeException {

    private static final long serialVersionUID = 1;

    private final MongoException error;

    ConflictException(MongoException error) {
        super(MongoErrors.message(error), error);
        this.error = error;
    }

    MongoException error() {
        return error;
    }
}
