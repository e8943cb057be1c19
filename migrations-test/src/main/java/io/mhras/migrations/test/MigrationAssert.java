package io.mhras.migrations.test;

import io.mhras.migrations.schema.FactId;
import io.mhras.migrations.schema.report.LockMode;
import io.mhras.migrations.schema.report.RelationLock;
import io.mhras.migrations.schema.report.StatementFacts;
import io.mhras.migrations.schema.report.TableScan;
import java.util.List;
import java.util.function.Function;
import org.assertj.core.api.AbstractAssert;

/** What can be said about what a migration does to tables that are in use. It is measured, on empty tables. */
public final class MigrationAssert extends AbstractAssert<MigrationAssert, MeasuredMigration> {

    MigrationAssert(MeasuredMigration actual) {
        super(actual, MigrationAssert.class);
    }

    /** It writes no table and no index anew that was there before it: that would take as long as the table is large. */
    public MigrationAssert rewritesNothing() {
        isNotNull();
        refuse("writes anew", StatementFacts::rewritten);
        refuse("builds anew", StatementFacts::rebuilt);
        return this;
    }

    /** It reads no table as a whole that was there before it. */
    public MigrationAssert scansNothing() {
        isNotNull();
        refuse(
                "reads as a whole",
                statement -> statement.scans().stream().map(TableScan::table).toList());
        return this;
    }

    private void refuse(String does, Function<StatementFacts, List<FactId>> what) {
        for (StatementFacts statement : actual.statements()) {
            if (!what.apply(statement).isEmpty()) {
                failWithMessage("%s", told(statement, does + " " + what.apply(statement)));
            }
        }
    }

    /** How it locks a table that was there before it, given with its schema or without. */
    public Locks locks(String table) {
        isNotNull();
        return new Locks(table);
    }

    private String told(StatementFacts statement, String problem) {
        return "Migration " + actual.title() + " " + problem + ", at " + statement.location() + ":\n  "
                + statement.text().strip().replace("\n", "\n  ");
    }

    /** How a table is locked. */
    public final class Locks {

        private final String table;

        private Locks(String table) {
            this.table = table;
        }

        /** No more strongly than so. */
        public MigrationAssert atMost(LockMode mode) {
            for (StatementFacts statement : actual.statements()) {
                for (RelationLock lock : statement.locks()) {
                    if (isMeant(lock.relation()) && lock.mode().compareTo(mode) > 0) {
                        failWithMessage(
                                "%s", told(statement, "takes the lock " + lock + ", which is more than " + mode));
                    }
                }
            }
            return MigrationAssert.this;
        }

        /** In no way at all. */
        public MigrationAssert none() {
            for (StatementFacts statement : actual.statements()) {
                for (RelationLock lock : statement.locks()) {
                    if (isMeant(lock.relation())) {
                        failWithMessage("%s", told(statement, "takes the lock " + lock));
                    }
                }
            }
            return MigrationAssert.this;
        }

        private boolean isMeant(FactId relation) {
            return relation.name().equals(table) || relation.qualifiedName().equals(table);
        }
    }
}
