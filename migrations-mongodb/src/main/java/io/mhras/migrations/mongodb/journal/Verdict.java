package io.mhras.migrations.mongodb.journal;

import io.mhras.migrations.MigrationException;
import io.mhras.migrations.mongodb.shell.ShellCall;
import org.bson.BsonValue;
import org.jspecify.annotations.Nullable;

/** What to do with a statement of which nobody knows whether it was done. */
sealed interface Verdict {

    /** Does it; what the script is told. */
    BsonValue carryOut(Statement statement);

    /** The statement that it is about. */
    interface Statement {

        /** It is done, and this is its answer. */
        BsonValue done(BsonValue answer);

        /**
         * Sends it, or what is left of it.
         *
         * @param told what to tell the script; null for what the server answers
         */
        BsonValue sendAgain(ShellCall call, @Nullable BsonValue told);

        /** It is for the user to decide. */
        MigrationException asks(String why);
    }

    /** It is done. */
    record Done(BsonValue answer) implements Verdict {
        @Override
        public BsonValue carryOut(Statement statement) {
            return statement.done(answer);
        }
    }

    /**
     * It is to be sent, or what is left of it.
     *
     * @param told what to tell the script; null for what the server answers
     */
    record Send(ShellCall call, @Nullable BsonValue told) implements Verdict {
        @Override
        public BsonValue carryOut(Statement statement) {
            return statement.sendAgain(call, told);
        }
    }

    /** Nobody can tell. */
    record Ask(String why) implements Verdict {
        @Override
        public BsonValue carryOut(Statement statement) {
            throw statement.asks(why);
        }
    }
}
