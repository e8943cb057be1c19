package io.mhras.migrations.mongodb.shell;

import io.mhras.migrations.MigrationException.InvalidMigration;
import io.mhras.migrations.MigrationScript;
import io.mhras.migrations.SourceLocation;
import java.util.List;
import java.util.Set;

/**
 * What the migrations keep for themselves: history, lock and journal. Scripts neither see nor change them; a run that
 * lost them would begin again from nothing.
 *
 * @param database where they are; and what {@code db} is in scripts
 * @param names of the collections
 */
public record OwnCollections(String database, List<String> names) {

    /** Whether the command is asked of their database. */
    public boolean areWhereIsAsked(ShellCall command) {
        return command.arguments().getString("database").getValue().equals(database);
    }

    /** @throws InvalidMigration if the call names one of them */
    void mustNotBeNamed(ShellCall call, MigrationScript script) {
        Set<String> named = Namespaces.namedBy(call);
        for (String name : names) {
            mustNotHave(named, database + "." + name, call, script);
        }
        // Where applyOps writes commands.
        mustNotHave(named, database + ".$cmd", call, script);
    }

    private static void mustNotHave(Set<String> named, String own, ShellCall call, MigrationScript script) {
        if (named.contains(own)) {
            throw new InvalidMigration(
                    call.name() + " was not sent: " + own + " belongs to the migrations themselves.",
                    new SourceLocation(script.location(), call.line(), call.column()),
                    "Leave it out, as db.getCollectionNames() does. 'status' shows what ran, and 'clean' drops it.");
        }
    }
}
