package io.mhras.migrations.testing.mongodb;

import de.bwaldvogel.mongo.bson.Document;
import io.mhras.migrations.testing.mongodb.protocol.Commands;
import io.mhras.migrations.testing.mongodb.protocol.Errors;
import java.util.Locale;
import java.util.Set;

/** Refuses what is not in the Stable API, version 1, to a client that asked for that. */
final class StableApi {

    // What mongod 8.2 takes from a strict client, as far as the double knows it.
    private static final Set<String> COMMANDS = Set.of(
            "aborttransaction",
            "aggregate",
            "bulkwrite",
            "collmod",
            "collstats",
            "committransaction",
            "count",
            "create",
            "createindexes",
            "createrole",
            "createuser",
            "delete",
            "drop",
            "dropdatabase",
            "dropindexes",
            "droprole",
            "dropuser",
            "endsessions",
            "explain",
            "find",
            "findandmodify",
            "getmore",
            "grantrolestouser",
            "hello",
            "insert",
            "killcursors",
            "listcollections",
            "listdatabases",
            "listindexes",
            "ping",
            "refreshsessions",
            "renamecollection",
            "revokerolesfromuser",
            "update",
            "updateuser");

    private static final Set<String> NOT_STAGES = Set.of("$currentOp", "$listSessions", "$listLocalSessions");

    private StableApi() {}

    static void check(Call call) {
        if (!Commands.isTrue(call.query(), "apiStrict")) {
            return;
        }
        if (!COMMANDS.contains(call.name().toLowerCase(Locale.ROOT))) {
            throw Errors.apiStrict("Provided apiStrict:true, but the command " + call.name()
                    + " is not in API Version 1. Information on supported commands and migrations in API Version 1 can be"
                    + " found at https://dochub.mongodb.org/core/manual-versioned-api.");
        }
        for (Document stage : Commands.documents(call.query(), "pipeline")) {
            String name = stage.isEmpty() ? "" : stage.keySet().iterator().next();
            if (NOT_STAGES.contains(name)) {
                throw Errors.apiStrict(name + " is not allowed with 'apiStrict: true' in API Version 1");
            }
        }
    }
}
