package io.mhras.migrations.mongodb;

import org.bson.BsonValue;
import org.jspecify.annotations.Nullable;

/** A cursor, by the call that opened it. */
final class OpenedCursor {

    final ShellCall call;
    final DeliveredDocuments delivered = new DeliveredDocuments();

    /** What the server calls it; null before it is opened in this run. */
    @Nullable BsonValue id;

    OpenedCursor(ShellCall call) {
        this.call = call;
    }
}
