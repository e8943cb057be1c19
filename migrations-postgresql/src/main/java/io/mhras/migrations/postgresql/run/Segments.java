package io.mhras.migrations.postgresql.run;

import io.mhras.migrations.MigrationException.InvalidMigration;
import io.mhras.migrations.MigrationScript;
import io.mhras.migrations.postgresql.sql.SqlStatement;
import io.mhras.migrations.postgresql.sql.SqlStatement.Transaction;
import java.util.HashSet;
import java.util.Set;

/** Which of a script's statements run in which transaction. */
public final class Segments {

    private final MigrationScript script;
    private final Set<Integer> alone = new HashSet<>();
    private final Set<Integer> apart = new HashSet<>();

    public Segments(MigrationScript script) {
        this.script = script;
    }

    /** Keeps a statement out of any transaction; returns whether that is new. */
    public boolean runAlone(int number) {
        return alone.add(number);
    }

    /** Gives a statement a transaction of its own; returns whether that is new. */
    public boolean runApart(int number) {
        return apart.add(number);
    }

    boolean runsAlone(int number) {
        return alone.contains(number);
    }

    /**
     * What a statement means to the transaction around it.
     *
     * @param inOwnTransaction whether that is one that the script began itself: its content is up to the script
     */
    public Transaction meaning(SqlStatement statement, int number, boolean inOwnTransaction) {
        boolean byItself = apart.contains(number) || script.options().transaction() == MigrationScript.Transaction.NONE;
        if (statement.kind() == SqlStatement.Kind.COPY_FROM_STDIN) {
            return byItself && !inOwnTransaction ? Transaction.APART : Transaction.ANY;
        }
        Transaction meaning = statement.transaction();
        if (inOwnTransaction && meaning == Transaction.BEGINS) {
            meaning = Transaction.ANY;
        }
        boolean plain = meaning == Transaction.ANY;
        if (script.options().transaction() == MigrationScript.Transaction.FILE) {
            if (!plain && meaning != Transaction.ALONE) {
                throw splitsTransaction(script, statement);
            }
            return Transaction.ANY;
        }
        if (alone.contains(number)) {
            return Transaction.ALONE;
        }
        meaning = plain && byItself ? Transaction.APART : meaning;
        // In the script's own transaction everything is up to the script.
        boolean standsApart = meaning == Transaction.ALONE || meaning == Transaction.APART;
        return inOwnTransaction && standsApart ? Transaction.ANY : meaning;
    }

    /** As for psql, there is nothing to roll back where nothing was begun. */
    public static boolean endsNothing(SqlStatement statement, boolean inOwnTransaction) {
        return !inOwnTransaction && statement.transaction() == Transaction.ENDS && !statement.startsWith("prepare");
    }

    static InvalidMigration splitsTransaction(MigrationScript script, SqlStatement statement) {
        return new InvalidMigration(
                statement.leading(1).get(0) + " would end or split the transaction in which this file runs.",
                statement.commandPosition().in(script),
                "Take BEGIN, COMMIT and ROLLBACK out of this file.");
    }
}
