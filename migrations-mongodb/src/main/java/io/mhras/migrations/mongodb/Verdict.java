package io.mhras.migrations.mongodb;

import org.bson.BsonValue;
import org.jspecify.annotations.Nullable;

/** What to do with a statement of which nobody knows whether it was done. */
sealed interface Verdict {

    /** It is done. */
    record Done(BsonValue answer) implements Verdict {}

    /**
     * It is to be sent, or what is left of it.
     *
     * @param answer what to tell the script; null for what the server answers
     */
    record Send(ShellCall call, @Nullable BsonValue answer) implements Verdict {}

    /** Nobody can tell. */
    record Ask(String why) implements Verdict {}
}
