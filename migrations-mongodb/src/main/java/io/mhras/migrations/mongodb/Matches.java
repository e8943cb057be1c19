package io.mhras.migrations.mongodb;

import java.util.Locale;
import org.bson.BsonValue;
import org.jspecify.annotations.Nullable;

/**
 * How many documents a filter finds.
 *
 * @param count how many; a guess if nobody could count them
 * @param isKnown whether they were counted
 * @param isOfOne whether the write takes one at most
 */
record Matches(long count, boolean isKnown, boolean isOfOne) {

    /** One: a script that changes something expects that there is something. */
    static Matches unknown(boolean isOfOne) {
        return new Matches(1, false, isOfOne);
    }

    boolean isNone() {
        return isKnown && count == 0;
    }

    BsonValue number() {
        return ShellResults.number(count);
    }

    /** In words; null where there is nothing to say. */
    @Nullable String describe() {
        if (isNone()) {
            return "no document matches";
        }
        if (!isKnown || isOfOne) {
            return null;
        }
        return count == 1 ? "1 document matches" : String.format(Locale.ROOT, "%,d documents match", count);
    }
}
