package io.mhras.migrations.schema.measure;

import io.mhras.migrations.MigrationScript;
import io.mhras.migrations.MigrationStep;
import io.mhras.migrations.schema.FactId;
import io.mhras.migrations.schema.report.MigrationFacts;
import io.mhras.migrations.schema.report.StatementFacts;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The facts of one script, as they come in. */
final class MeasuredScript {

    private final MigrationStep step;
    private final MigrationScript script;
    private final TreeMap<Integer, StatementFacts> statements = new TreeMap<>();
    private int transactions;
    private @Nullable String transaction;

    /** What was there before it. */
    private @Nullable Catalog base;

    MeasuredScript(MigrationStep step, MigrationScript script) {
        this.step = step;
        this.script = script;
    }

    boolean isOf(MigrationStep other) {
        return step.equals(other);
    }

    /** What was not committed runs once more; in batches, each that is done is committed. */
    void beginAgain(int done) {
        if (script.options().batch() == null) {
            statements.tailMap(done, false).clear();
        }
        transaction = null;
        transactions = statements.values().stream()
                .mapToInt(StatementFacts::transaction)
                .max()
                .orElse(0);
    }

    /**
     * A statement is about to run.
     *
     * @param inTransaction the transaction that it is to run in; null if it is none
     */
    void before(Catalog catalog, @Nullable String inTransaction) {
        if (base == null) {
            base = catalog;
        }
        if (inTransaction != null && !inTransaction.equals(transaction)) {
            transactions++;
        }
        transaction = inTransaction;
    }

    /** The number of the statement's transaction; 0 for none. */
    int transaction() {
        return transaction == null ? 0 : transactions;
    }

    /** The relation, as it was called before this script; null if it was not there. */
    @Nullable FactId existing(long oid) {
        CatalogObject relation = Objects.requireNonNull(base).relations().get(oid);
        return relation == null ? null : relation.id();
    }

    /** Those of them that were there before this script. */
    List<FactId> existing(List<FactId> relations) {
        Set<FactId> there = Objects.requireNonNull(base).relations().values().stream()
                .map(CatalogObject::id)
                .collect(Collectors.toSet());
        return relations.stream().filter(there::contains).toList();
    }

    void add(StatementFacts facts) {
        statements.merge(facts.number(), facts, MeasuredScript::together);
    }

    /** A batch and those before it; or a statement, and what it had to clear away before. */
    private static StatementFacts together(StatementFacts one, StatementFacts other) {
        return new StatementFacts(
                other.number(),
                other.location(),
                other.text(),
                other.transaction(),
                one.elapsed().plus(other.elapsed()),
                one.rows() + other.rows(),
                MigrationFacts.strongest(all(one.locks(), other.locks())),
                all(one.rewritten(), other.rewritten()),
                all(one.rebuilt(), other.rebuilt()),
                all(one.scans(), other.scans()),
                all(one.made(), other.made()),
                all(one.dropped(), other.dropped()),
                all(one.renamed(), other.renamed()));
    }

    private static <T> List<T> all(Collection<T> one, Collection<T> other) {
        return Stream.concat(one.stream(), other.stream()).distinct().toList();
    }

    MigrationFacts facts() {
        return new MigrationFacts(step, script.name(), new ArrayList<>(statements.values()));
    }
}
