package io.mhras.migrations.schema.report;

import io.mhras.migrations.MigrationStep;
import io.mhras.migrations.schema.FactId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.TreeMap;

/**
 * What a script of a migration did, statement by statement.
 *
 * @param step the migration, and whether it was applied or rolled back
 * @param script the script's name
 */
public record MigrationFacts(MigrationStep step, String script, List<StatementFacts> statements) {

    public MigrationFacts {
        statements = List.copyOf(statements);
    }

    /** How long its statements took together. */
    public Duration elapsed() {
        return statements.stream().map(StatementFacts::elapsed).reduce(Duration.ZERO, Duration::plus);
    }

    /** How many rows its statements changed or returned together. */
    public long rows() {
        return statements.stream().mapToLong(StatementFacts::rows).sum();
    }

    /** The strongest lock on each relation that it locked, in the order of the relations. */
    public List<RelationLock> locks() {
        return strongest(statements.stream()
                .flatMap(statement -> statement.locks().stream())
                .toList());
    }

    /** The strongest of these locks on each relation. */
    public static List<RelationLock> strongest(Collection<RelationLock> locks) {
        TreeMap<FactId, RelationLock> strongest = new TreeMap<>();
        locks.forEach(lock -> strongest.merge(
                lock.relation(), lock, (one, other) -> other.mode().compareTo(one.mode()) > 0 ? other : one));
        return List.copyOf(strongest.values());
    }

    /**
     * What the migration did while it held a lock: those statements that came after the one that took it, in the same
     * transaction. They make others wait for as long as they take.
     *
     * @param holder a statement of it
     */
    public List<StatementFacts> behind(StatementFacts holder) {
        List<StatementFacts> behind = new ArrayList<>();
        if (!holder.inTransaction()) {
            return behind;
        }
        for (StatementFacts statement : statements.subList(statements.indexOf(holder) + 1, statements.size())) {
            if (statement.transaction() != holder.transaction()) {
                break;
            }
            behind.add(statement);
        }
        return behind;
    }
}
