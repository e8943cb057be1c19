package io.mhras.migrations.mongodb.journal;

import io.mhras.migrations.MigrationException.InvalidMigration;
import io.mhras.migrations.MigrationScript;
import io.mhras.migrations.SourceLocation;
import io.mhras.migrations.mongodb.shell.ShellCall;
import io.mhras.migrations.mongodb.shell.ShellHost;
import io.mhras.migrations.mongodb.shell.UnknownResult;
import org.bson.BsonValue;

/**
 * Takes a script through its journal: what an earlier run has done is answered from there, reads included, so that the
 * script takes the same path to where that run stopped; what comes after that is sent.
 *
 * <p>These are the journal's rules, for a run and for its preview.
 */
public final class StatementJournal implements ShellHost {

    private final MigrationScript script;
    private final EarlierStatements earlier;
    private final JournalCursors server;
    private final StatementHost host;
    private int number;

    public StatementJournal(
            MigrationScript script, EarlierStatements earlier, JournalCursors server, StatementHost host) {
        this.script = script;
        this.earlier = earlier;
        this.server = server;
        this.host = host;
    }

    @Override
    public BsonValue answer(ShellCall call) {
        JournalEntry entry = JournalEntry.of(++number, call);
        JournalEntry old = earlier.get(number);
        if (old == null) {
            return host.send(entry, call);
        }
        if (!old.asksTheSameAs(entry)) {
            throw changed(old, call);
        }
        return old.isDone() ? replay(old, call) : host.settle(old, call);
    }

    private BsonValue replay(JournalEntry old, ShellCall call) {
        BsonValue answer = old.replay();
        host.replayed(old, call);
        if (answer != null) {
            server.replay(number, call, answer);
            return answer;
        }
        // For a read whose answer was too long to keep, the user has agreed that it is asked again.
        return call.writes() ? UnknownResult.of(call) : server.answer(number, call);
    }

    /**
     * The script has come to its end.
     *
     * @throws InvalidMigration if what an earlier run has done, or may have, is not in it any more
     */
    public void end() {
        JournalEntry missing = earlier.firstAfter(number);
        if (missing == null) {
            return;
        }
        int last = earlier.lastKnown();
        boolean isDone = last == earlier.lastDone();
        throw new InvalidMigration(
                "an earlier run of this script stopped " + (isDone ? "after" : "in the middle of") + " statement "
                        + last
                        + ", but now it ends after " + number + ": " + missing.operation() + " " + missing.namespace()
                        + ", which was in line " + missing.line() + ", is gone.",
                SourceLocation.of(script.location()),
                "Put back what was taken out. What comes after statement " + last + " may be changed.");
    }

    private InvalidMigration changed(JournalEntry old, ShellCall call) {
        return new InvalidMigration(
                "this statement " + (old.isDone() ? "has run already" : "may have run already")
                        + ", in an earlier run that stopped after statement " + earlier.lastDone()
                        + ", and was changed since.",
                new SourceLocation(script.location(), call.line(), call.column()),
                "Put it back as it was. What comes after statement " + earlier.lastKnown() + " may be changed.");
    }
}
