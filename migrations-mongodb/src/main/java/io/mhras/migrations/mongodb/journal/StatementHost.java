package io.mhras.migrations.mongodb.journal;

import io.mhras.migrations.mongodb.shell.ShellCall;
import org.bson.BsonValue;

/** What happens to the statements of a script that its journal lets through: a run sends them, a preview only shows them. */
public interface StatementHost {

    /** An earlier run has done this one; the script gets its answer from the journal. */
    default void replayed(JournalEntry old, ShellCall call) {}

    /** Nothing is known of it. */
    BsonValue send(JournalEntry entry, ShellCall call);

    /** An earlier run may have done it, or has not kept its answer. */
    BsonValue settle(JournalEntry old, ShellCall call);
}
