package io.mhras.migrations.mongodb;

import io.mhras.migrations.MigrationException.InvalidMigration;
import io.mhras.migrations.MigrationScript;
import io.mhras.migrations.SourceLocation;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a run that stopped has done of a script, or may have: where the next run is sure to refuse the script, so does a dry run. */
record EarlierStatements(MigrationScript script, Map<Integer, JournalEntry> entries) {

    /**
     * What is known of the call with this number; null if nothing.
     *
     * @throws InvalidMigration if the call is another one by now, or if a run would stop and ask what became of it
     */
    @Nullable JournalEntry find(int number, ShellCall call) {
        JournalEntry old = entries.get(number);
        if (old == null || old.asksTheSameAs(JournalEntry.of(number, call))) {
            return old;
        }
        String what = old.state() == StatementState.DONE ? "has run already" : "may have run already";
        throw new InvalidMigration(
                "this statement " + what + ", in an earlier run that stopped, and was changed since.",
                place(call),
                "Put it back as it was.");
    }

    /**
     * The script has come to its end.
     *
     * @param number of its last call
     * @throws InvalidMigration if an earlier run came further
     */
    void mustEndBy(int number) {
        entries.values().stream()
                .filter(entry -> entry.number() > number)
                .findFirst()
                .ifPresent(missing -> {
                    throw new InvalidMigration(
                            "an earlier run of this script came further, but now it ends after statement " + number
                                    + ": " + missing.operation() + " " + missing.namespace() + ", which was in line "
                                    + missing.line() + ", is gone.",
                            SourceLocation.of(script.location()),
                            "Put back what was taken out.");
                });
    }

    private SourceLocation place(ShellCall call) {
        return new SourceLocation(script.location(), call.line(), call.column());
    }
}
