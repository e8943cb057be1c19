package io.mhras.migrations.mongodb.journal;

import io.mhras.migrations.mongodb.shell.Operation;
import io.mhras.migrations.mongodb.shell.ShellCall;
import io.mhras.migrations.mongodb.shell.ShellHost;
import java.util.HashMap;
import java.util.Map;
import org.bson.BsonArray;
import org.bson.BsonDocument;
import org.bson.BsonInt32;
import org.bson.BsonNull;
import org.bson.BsonValue;
import org.jspecify.annotations.Nullable;

/**
 * The cursors of a script, under numbers that are the same in each of its runs.
 *
 * <p>A cursor that an earlier run has opened is gone with it. Where a script reads on from there, its query is sent
 * again, and what the script already received is left out: its changes to a document may have changed whether the query
 * finds it.
 */
public final class JournalCursors {

    private static final String CURSOR = "cursor";
    private static final String BATCH = "batch";

    private final ShellHost server;
    private final Map<Integer, OpenedCursor> cursors = new HashMap<>();

    public JournalCursors(ShellHost server) {
        this.server = server;
    }

    /** Asks the server. */
    public BsonValue answer(int number, ShellCall call) {
        if (call.isCommand()) {
            return server.answer(call);
        }
        if (call.arguments().get(CURSOR) instanceof BsonInt32 known) {
            return next(known, call);
        }
        BsonValue answer = server.answer(call);
        if (!(id(answer) instanceof BsonInt32 id)) {
            return answer;
        }
        OpenedCursor opened = new OpenedCursor(call);
        opened.id = id;
        cursors.put(number, opened);
        return answer.asDocument().append(CURSOR, new BsonInt32(number));
    }

    /** Records what the script received in an earlier run. */
    void replay(int number, ShellCall call, BsonValue answer) {
        if (call.isCommand() || !(answer instanceof BsonDocument document)) {
            return;
        }
        if (id(answer) instanceof BsonInt32 && !call.arguments().containsKey(CURSOR)) {
            cursors.put(number, new OpenedCursor(call));
        }
        if (call.arguments().get(CURSOR) instanceof BsonInt32 known) {
            deliver(cursors.get(known.getValue()), document);
        } else {
            deliver(cursors.get(number), document);
        }
    }

    private static void deliver(@Nullable OpenedCursor opened, BsonDocument answer) {
        if (opened != null) {
            opened.delivered.add(answer.getArray(BATCH, new BsonArray()));
        }
    }

    private BsonValue next(BsonInt32 number, ShellCall call) {
        OpenedCursor opened = cursors.get(number.getValue());
        if (opened == null) {
            return server.answer(call);
        }
        if (opened.id == null && call.is(Operation.KILL_CURSORS)) {
            return BsonNull.VALUE;
        }
        BsonValue answer = opened.id == null ? server.answer(opened.call) : server.answer(onward(opened, call));
        while (answer instanceof BsonDocument document && document.containsKey(BATCH)) {
            opened.id = id(answer);
            boolean isOpen = opened.id instanceof BsonInt32;
            BsonArray batch = opened.delivered.without(document.getArray(BATCH));
            if (!batch.isEmpty() || !isOpen) {
                return new BsonDocument(BATCH, batch).append(CURSOR, isOpen ? number : BsonNull.VALUE);
            }
            answer = server.answer(onward(opened, call));
        }
        return answer;
    }

    private static ShellCall onward(OpenedCursor opened, ShellCall call) {
        BsonValue id = opened.id == null ? BsonNull.VALUE : opened.id;
        return call.with(CURSOR, id);
    }

    private static @Nullable BsonValue id(BsonValue answer) {
        return answer instanceof BsonDocument document ? document.get(CURSOR) : null;
    }

    /** A cursor, by the call that opened it. */
    private static final class OpenedCursor {

        final ShellCall call;
        final DeliveredDocuments delivered = new DeliveredDocuments();

        /** Its id on the server; null before it is opened in this run. */
        @Nullable BsonValue id;

        OpenedCursor(ShellCall call) {
            this.call = call;
        }
    }
}
