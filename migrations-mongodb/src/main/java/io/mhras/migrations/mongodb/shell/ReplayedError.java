package io.mhras.migrations.mongodb.shell;

import com.mongodb.MongoException;
import org.bson.BsonDocument;
import org.bson.BsonInt32;

/** An error of an earlier run, out of its journal: the script sees the same again. */
public final class ReplayedError extends MongoException {

    private static final long serialVersionUID = 1L;

    private final transient BsonDocument shaped;

    /**
     * The error again.
     *
     * @param shaped in the form of {@link ShellErrors}
     */
    public ReplayedError(BsonDocument shaped) {
        super(
                shaped.getNumber("code", new BsonInt32(0)).intValue(),
                shaped.getString("message").getValue());
        this.shaped = shaped;
    }

    BsonDocument shaped() {
        return shaped;
    }
}
