package io.mhras.migrations.postgresql.run;

import io.mhras.migrations.MigrationException.InvalidMigration;
import io.mhras.migrations.MigrationScript;
import io.mhras.migrations.postgresql.sql.SqlStatement;
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
    public SqlStatement.Transaction meaning(SqlStatement statement, int number, boolean inOwnTransaction) {
        boolean byItself = apart.contains(number) || script.options().transaction() == MigrationScript.Transaction.NONE;
        if (statement.kind() == SqlStatement.Kind.COPY_FROM_STDIN) {
            return byItself && !inOwnTransaction ? SqlStatement.Transaction.APART : SqlStatement.Transaction.ANY;
        }
        SqlStatement.Transaction meaning = statement.transaction();
        if (inOwnTransaction && meaning == SqlStatement.Transaction.BEGINS) {
            meaning = SqlStatement.Transaction.ANY;
        }
        boolean plain = meaning == SqlStatement.Transaction.ANY;
        if (script.options().transaction() == MigrationScript.Transaction.FILE) {
            if (!plain && meaning != SqlStatement.Transaction.ALONE) {
                throw splitsTransaction(script, statement);
            }
            return SqlStatement.Transaction.ANY;
        }
        if (alone.contains(number)) {
            return SqlStatement.Transaction.ALONE;
        }
        meaning = plain && byItself ? SqlStatement.Transaction.APART : meaning;
        // In the script's own transaction everything is up to the script.
        boolean standsApart = meaning == SqlStatement.Transaction.ALONE || meaning == SqlStatement.Transaction.APART;
        return inOwnTransaction && standsApart ? SqlStatement.Transaction.ANY : meaning;
    }

    /** As for psql, there is nothing to roll back where nothing was begun. */
    public static boolean endsNothing(SqlStatement statement, boolean inOwnTransaction) {
        return !inOwnTransaction
                && statement.transaction() == SqlStatement.Transaction.ENDS
                && !statement.startsWith("prepare");
    }

    static InvalidMigration splitsTransaction(MigrationScript script, SqlStatement statement) {
        return new InvalidMigration(
                statement.leading(1).get(0) + " would end or split the transaction in which this file runs.",
                statement.commandPosition().in(script),
                "Take BEGIN, COMMIT and ROLLBACK out of this file.");
    }
}
