package io.mhras.migrations.schema.measure;

import io.mhras.migrations.MigrationScript;
import io.mhras.migrations.MigrationStep;
import io.mhras.migrations.postgresql.StatementObserver;
import io.mhras.migrations.postgresql.sql.SqlQuote;
import io.mhras.migrations.schema.FactId;
import io.mhras.migrations.schema.report.LockMode;
import io.mhras.migrations.schema.report.MigrationFacts;
import io.mhras.migrations.schema.report.RelationLock;
import io.mhras.migrations.schema.report.RelationLock.Evidence;
import io.mhras.migrations.schema.report.StatementFacts;
import io.mhras.migrations.schema.report.TableScan;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * Measures what the statements of migrations do, on a server where nobody else works.
 *
 * <p>Not those of checks: they read.
 */
public final class Measurement implements StatementObserver {

    /** What makes a table's file new without copying a row. */
    private static final Pattern TRUNCATES =
            Pattern.compile("\\A(?:truncate\\b|do\\b.*\\btruncate\\b)", Pattern.CASE_INSENSITIVE | Pattern.DOTALL);

    private final DataSource dataSource;
    private final List<MigrationFacts> migrations = new ArrayList<>();
    private @Nullable MeasuredScript script;
    private @Nullable Moment before;
    private @Nullable LockWatch watch;

    /** @param dataSource for further sessions in the same database */
    public Measurement(DataSource dataSource) {
        this.dataSource = dataSource;
    }

    /** The catalog, and what the session says of itself, at one moment. */
    private record Moment(SessionReading session, Catalog catalog) {}

    /** What was measured so far, a script each, in the order in which they ran. */
    public List<MigrationFacts> migrations() {
        List<MigrationFacts> all = new ArrayList<>(migrations);
        if (script != null) {
            all.add(script.facts());
        }
        return List.copyOf(all);
    }

    @Override
    public void begin(MigrationStep step, MigrationScript newScript, int done) {
        endWatch();
        if (!newScript.equals(step.script())) {
            return;
        }
        MeasuredScript running = script;
        if (running != null && running.isOf(step)) {
            running.beginAgain(done);
            return;
        }
        if (running != null) {
            migrations.add(running.facts());
        }
        script = new MeasuredScript(step, newScript);
    }

    @Override
    public void before(Statement statement, Session session) {
        MeasuredScript running = script;
        if (running == null || statement.isOfCheck()) {
            return;
        }
        SessionReading reading = SessionReading.of(session);
        Moment last = before;
        Catalog catalog = last == null ? Catalog.read(session) : last.catalog.after(last.session, reading, session);
        before = new Moment(reading, catalog);
        running.before(catalog, statement.inTransaction() ? reading.transaction() : null);
        if (!statement.inTransaction()) {
            try {
                watch = LockWatch.over(session.backend(), dataSource);
            } catch (SQLException e) {
                throw new IllegalStateException(
                        "the locks could not be watched from another session: " + e.getMessage(), e);
            }
        }
    }

    @Override
    public void failed(Statement statement, SQLException error) {
        endWatch();
    }

    @Override
    public void after(Statement statement, long rows, Duration elapsed, Session session) {
        MeasuredScript running = script;
        Moment then = before;
        if (running == null || then == null || statement.isOfCheck()) {
            return;
        }
        Map<Long, LockMode> watched = watched(statement);
        SessionReading reading = SessionReading.of(session);
        // A rollback to a savepoint changes no row of the catalog, and yet makes the old ones valid again.
        Catalog catalog = statement.text().regionMatches(true, 0, "ROLLBACK", 0, 8) || !statement.inTransaction()
                ? Catalog.read(session)
                : then.catalog.after(then.session, reading, session);
        before = new Moment(reading, catalog);
        Map<Long, RelationLock> locks = new HashMap<>();
        if (statement.inTransaction()) {
            reading.locks().forEach((oid, mode) -> {
                LockMode held = then.session.locks().get(oid);
                if (held == null || mode.compareTo(held) > 0) {
                    add(locks, running, oid, mode, Evidence.MEASURED);
                }
            });
        } else {
            watched.forEach((oid, mode) -> add(locks, running, oid, mode, Evidence.MEASURED));
            known(statement, then.catalog, session)
                    .forEach((oid, mode) -> add(locks, running, oid, mode, Evidence.KNOWN));
        }
        CatalogChange change = new CatalogChange(then.catalog, catalog);
        boolean truncates = TRUNCATES.matcher(statement.text().strip()).find();
        running.add(new StatementFacts(
                statement.number(),
                statement.location(),
                statement.text(),
                running.transaction(),
                elapsed,
                rows,
                MigrationFacts.strongest(locks.values()),
                truncates ? List.of() : rewritten(running, change),
                truncates ? List.of() : running.existing(change.rebuilt()),
                truncates
                        ? List.of()
                        : scans(running, then.session, reading, statement.inTransaction() ? reading.locks() : watched),
                change.made(),
                change.dropped(),
                change.renamed()));
    }

    private static void add(
            Map<Long, RelationLock> locks, MeasuredScript script, long oid, LockMode mode, Evidence evidence) {
        FactId relation = script.existing(oid);
        RelationLock seen = locks.get(oid);
        if (relation != null && (seen == null || mode.compareTo(seen.mode()) > 0)) {
            locks.put(oid, new RelationLock(relation, mode, evidence));
        }
    }

    private static List<FactId> rewritten(MeasuredScript script, CatalogChange change) {
        return change.rewritten().stream()
                .map(script::existing)
                .filter(Objects::nonNull)
                .sorted()
                .toList();
    }

    private static List<TableScan> scans(
            MeasuredScript script, SessionReading then, SessionReading now, Map<Long, LockMode> locks) {
        List<TableScan> scans = new ArrayList<>();
        now.scans().keySet().forEach(oid -> {
            FactId table = script.existing(oid);
            if (table != null && now.scansSince(then, oid) > 0) {
                scans.add(new TableScan(table, locks.get(oid)));
            }
        });
        scans.sort((one, other) -> one.table().compareTo(other.table()));
        return scans;
    }

    private Map<Long, LockMode> watched(Statement statement) {
        LockWatch watching = watch;
        watch = null;
        if (statement.inTransaction() || watching == null) {
            return Map.of();
        }
        try {
            return watching.end();
        } catch (SQLException e) {
            throw new IllegalStateException(
                    "the locks could not be watched from another session: " + e.getMessage(), e);
        }
    }

    private void endWatch() {
        if (watch != null) {
            watch.close();
            watch = null;
        }
    }

    private static Map<Long, LockMode> known(Statement statement, Catalog catalog, Session session) {
        return new KnownLocks(catalog, name -> {
                    String oid = session.query(
                                    "SELECT pg_catalog.to_regclass(" + SqlQuote.literal(name) + ")::oid AS oid")
                            .get(0)
                            .get("oid");
                    return oid == null ? null : Long.valueOf(oid);
                })
                .of(statement.text());
    }
}
