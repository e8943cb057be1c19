package io.mhras.migrations.mongodb.run;

import com.mongodb.MongoException;
import io.mhras.migrations.mongodb.server.MongoErrors;
import io.mhras.migrations.mongodb.server.TransactionEnd;

/** The server has undone a transaction, or will; see {@link TransactionEnd}. */
final class TransactionUndone extends RuntimeException {

    private static final long serialVersionUID = 1;

    private final MongoException error;

    TransactionUndone(MongoException error) {
        super(MongoErrors.message(error), error);
        this.error = error;
    }

    MongoException error() {
        return error;
    }
}
