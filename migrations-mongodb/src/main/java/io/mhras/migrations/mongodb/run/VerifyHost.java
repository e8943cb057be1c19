package io.mhras.migrations.mongodb.run;

import com.mongodb.MongoException;
import io.mhras.migrations.MigrationException.InvalidMigration;
import io.mhras.migrations.MigrationScript;
import io.mhras.migrations.SourceLocation;
import io.mhras.migrations.mongodb.server.MongoErrors;
import io.mhras.migrations.mongodb.shell.ShellCall;
import io.mhras.migrations.mongodb.shell.ShellHost;
import org.bson.BsonValue;

/** Lets a check read, and nothing else. */
public record VerifyHost(MigrationScript verify, ShellHost server) implements ShellHost {

    @Override
    public BsonValue answer(ShellCall call) {
        if (call.writes()) {
            throw new InvalidMigration(
                    "a check only looks; " + call.name() + " changes something.",
                    new SourceLocation(verify.location(), call.line(), call.column()),
                    "Take it out of the check.");
        }
        try {
            return server.answer(call);
        } catch (MongoException e) {
            // Otherwise the check would be reported as not holding.
            throw MongoErrors.leavesOpenWhatHappened(e) ? MongoErrors.ofConnection(e) : e;
        }
    }
}
