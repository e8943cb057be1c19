package io.mhras.migrations.mongodb.journal;

import io.mhras.migrations.mongodb.shell.ShellCall;
import org.bson.BsonValue;
import org.jspecify.annotations.Nullable;

/** What to do with a statement in doubt. */
sealed interface Verdict {

    /** It is done, and this is its answer. */
    record Done(BsonValue answer) implements Verdict {}

    /**
     * It is to be sent, or what is left of it.
     *
     * @param told the answer for the script; null for the server's own
     */
    record Send(ShellCall call, @Nullable BsonValue told) implements Verdict {}

    /** It stays in doubt: it is for the user to decide. */
    record Ask(String why) implements Verdict {}
}
