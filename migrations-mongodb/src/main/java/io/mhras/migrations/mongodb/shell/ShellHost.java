package io.mhras.migrations.mongodb.shell;

import org.bson.BsonValue;

/** The other side of the shell: all that a script reads and writes goes through here. For one thread. */
@FunctionalInterface
public interface ShellHost {

    /**
     * The server's answer.
     *
     * @throws com.mongodb.MongoException which the script sees as an error with its code, and may catch
     * @throws RuntimeException any other ends the script, which cannot catch it
     */
    BsonValue answer(ShellCall call);

    /** The script looks at what {@link GuessedAnswer} says is a guess, in this line. */
    default void looksAtGuess(int line) {}
}
