package io.mhras.migrations.schema.rehearsal;

import io.mhras.migrations.Migration;
import io.mhras.migrations.MigrationBody;
import io.mhras.migrations.schema.FactId;
import io.mhras.migrations.schema.FactKind;
import io.mhras.migrations.schema.report.Finding;
import io.mhras.migrations.schema.report.Finding.Severity;
import io.mhras.migrations.schema.report.LockMode;
import io.mhras.migrations.schema.report.MigrationFacts;
import io.mhras.migrations.schema.report.RelationLock;
import io.mhras.migrations.schema.report.StatementFacts;
import io.mhras.migrations.schema.report.TableScan;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What is to be known about a migration before it meets others: from what was measured, and from what it lacks. */
final class Findings {

    private static final Set<FactKind> TABLES =
            Set.of(FactKind.TABLE, FactKind.FOREIGN_TABLE, FactKind.MATERIALIZED_VIEW, FactKind.VIEW);

    private final Migration migration;
    private final String server;
    private final List<Finding> findings = new ArrayList<>();

    private Findings(Migration migration, String server) {
        this.migration = migration;
        this.server = server;
    }

    /**
     * All of a migration.
     *
     * @param facts what was measured; null if nothing was
     * @param server where
     */
    static List<Finding> of(Migration migration, @Nullable MigrationFacts facts, String server) {
        Findings findings = new Findings(migration, server);
        if (facts != null) {
            findings.locks(facts);
            facts.statements().forEach(findings::slow);
        }
        findings.lacks();
        return findings.findings;
    }

    /** One for each table: where its strongest lock was taken. */
    private void locks(MigrationFacts facts) {
        facts.locks().stream()
                .filter(lock ->
                        TABLES.contains(lock.relation().kind()) && lock.mode().blocksWrites())
                .forEach(lock -> facts.statements().stream()
                        .filter(statement -> statement.locks().contains(lock))
                        .findFirst()
                        .ifPresent(statement -> lock(lock, statement, facts)));
    }

    private void lock(RelationLock lock, StatementFacts taker, MigrationFacts facts) {
        List<StatementFacts> behind = facts.behind(taker);
        boolean isSlow = isSlow(taker) || behind.stream().anyMatch(Findings::isSlow);
        String others = lock.mode().blocksReads() ? "nobody else can read or write it" : "nobody else can write to it";
        String how = lock.evidence() == RelationLock.Evidence.MEASURED
                ? "measured on " + server
                : "too short to be measured, but known of such a statement";
        add(
                "lock",
                isSlow ? Severity.WARNING : Severity.ADVICE,
                taker,
                Map.of(
                        "relation", lock.relation().qualifiedName(),
                        "mode", lock.mode().toString(),
                        "evidence", lock.evidence().name(),
                        "statementsBehind", Integer.toString(behind.size())),
                how + ": " + lock + "; " + others
                        + (behind.isEmpty()
                                ? " until it is done."
                                : " until "
                                        + (behind.size() == 1
                                                ? "1 more statement is"
                                                : behind.size() + " more statements are")
                                        + " done, with which it stands in one transaction."));
    }

    private static boolean isSlow(StatementFacts statement) {
        return !statement.rewritten().isEmpty()
                || !statement.rebuilt().isEmpty()
                || !statement.scans().isEmpty();
    }

    /** What takes longer the more rows there are. */
    private void slow(StatementFacts statement) {
        for (FactId table : statement.rewritten()) {
            add(
                    "rewrite",
                    Severity.ERROR,
                    statement,
                    Map.of("relation", table.qualifiedName()),
                    "measured on " + server + ": writes all of " + table + " anew, with its indexes"
                            + under(statement, table) + ".");
        }
        for (FactId index : statement.rebuilt()) {
            add(
                    "rebuild",
                    Severity.WARNING,
                    statement,
                    Map.of("relation", index.qualifiedName()),
                    "measured on " + server + ": builds " + index + " anew.");
        }
        for (TableScan scan : statement.scans()) {
            LockMode under = scan.under();
            if (under != null && scan.blocksOthers() && !statement.rewritten().contains(scan.table())) {
                add(
                        "scan",
                        Severity.WARNING,
                        statement,
                        Map.of("relation", scan.table().qualifiedName(), "mode", under.toString()),
                        "measured on " + server + ": reads all of " + scan.table() + " under " + under + ".");
            }
        }
    }

    private static String under(StatementFacts statement, FactId table) {
        return statement.locks().stream()
                .filter(lock -> lock.relation().equals(table))
                .findFirst()
                .map(lock -> ", under " + lock.mode())
                .orElse("");
    }

    private void lacks() {
        if (migration.down() == null) {
            addOfFile(
                    "missing-down",
                    migration.isRepeatable() ? Severity.ADVICE : Severity.WARNING,
                    migration.isRepeatable()
                            ? "it has no down script: what it made stays when the others are taken back."
                            : "it has no down script: it cannot be taken back.");
        }
        if (migration.verify() == null) {
            addOfFile("missing-check", Severity.ADVICE, "it has no verify script: nothing says whether it worked.");
        }
    }

    private void addOfFile(String rule, Severity severity, String text) {
        MigrationBody up = migration.up();
        findings.add(new Finding(
                rule, severity, migration.version().toString(), up.name(), up.location(), 0, null, Map.of(), text));
    }

    private void add(String rule, Severity severity, StatementFacts statement, Map<String, String> facts, String text) {
        findings.add(new Finding(
                rule,
                severity,
                migration.version().toString(),
                migration.up().name(),
                statement.location().file(),
                statement.location().line(),
                statement.text().strip(),
                facts,
                text));
    }
}
