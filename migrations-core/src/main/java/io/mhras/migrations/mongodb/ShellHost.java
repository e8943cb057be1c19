package io.mhras.migrations.mongodb;

import org.bson.BsonValue;

/** The other side of the shell: all that a script reads and writes goes through here. For one thread. */
@FunctionalInterface
interface ShellHost {

    /**
     * The server's answer.
     *
     * @throws com.mongodb.MongoException which the script sees as an error with its code, and may catch
     */
    BsonValue answer(ShellCall call);
}
