package io.mhras.migrations.mongodb.journal;

import io.mhras.migrations.MigrationException;
import io.mhras.migrations.mongodb.shell.ShellCall;
import org.bson.BsonValue;
import org.jspecify.annotations.Nullable;

/** What to do with a statement in doubt. */
sealed interface Verdict {

    /** Carries it out; returns the answer for the script. */
    BsonValue carryOut(Statement statement);

    /** The statement that it is about. */
    interface Statement {

        /** It is done, and this is its answer. */
        BsonValue done(BsonValue answer);

        /**
         * Sends it, or what is left of it.
         *
         * @param told the answer for the script; null for the server's own
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
     * @param told the answer for the script; null for the server's own
     */
    record Send(ShellCall call, @Nullable BsonValue told) implements Verdict {
        @Override
        public BsonValue carryOut(Statement statement) {
            return statement.sendAgain(call, told);
        }
    }

    /** It stays in doubt. */
    record Ask(String why) implements Verdict {
        @Override
        public BsonValue carryOut(Statement statement) {
            throw statement.asks(why);
        }
    }
}
