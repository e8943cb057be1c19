package io.mhras.migrations.mongodb.run;

import io.mhras.migrations.MigrationException.InvalidMigration;
import io.mhras.migrations.MigrationScript;
import io.mhras.migrations.SourceLocation;
import io.mhras.migrations.mongodb.history.CreatedCollections;
import io.mhras.migrations.mongodb.shell.Operation.Trait;
import io.mhras.migrations.mongodb.shell.ShellCall;
import java.util.HashSet;
import java.util.Set;
import java.util.function.Predicate;
import org.bson.BsonDocument;
import org.bson.BsonString;

/** What a script may do in a transaction; the server would refuse the rest, but not say where. */
public final class TransactionRules {

    private static final String REMEDY =
            "Take '// migrate:transaction file' out of the header, or move this into a file of its own.";

    private final MigrationScript script;
    private final Predicate<String> isThere;
    private final Set<String> seen = new HashSet<>();
    private final Set<String> made = new HashSet<>();
    private final CreatedCollections created = new CreatedCollections();

    /** @param isThere whether there is a collection of this full name, but for what the script creates */
    public TransactionRules(MigrationScript script, Predicate<String> isThere) {
        this.script = script;
        this.isThere = isThere;
    }

    /** The collections that were missing when the script wrote what creates them. */
    CreatedCollections created() {
        return created;
    }

    /** @throws InvalidMigration if the server refuses this write in a transaction */
    public void mustBePossible(ShellCall call) {
        if (call.has(Trait.NOT_IN_TRANSACTION)) {
            throw refusal(call.name() + " cannot run in a transaction.", call);
        }
        String namespace = call.changed();
        if (call.mayCreate() && seen.add(namespace) && !isThere.test(namespace)) {
            made.add(namespace);
            created.note(new BsonDocument(CreatedCollections.CREATES, new BsonString(namespace)));
        }
        if (call.has(Trait.EMPTY_IN_TRANSACTION) && !made.contains(namespace)) {
            throw refusal("an index on a collection that is there already cannot be made in a transaction.", call);
        }
    }

    private InvalidMigration refusal(String problem, ShellCall call) {
        return new InvalidMigration(problem, new SourceLocation(script.location(), call.line(), call.column()), REMEDY);
    }
}
