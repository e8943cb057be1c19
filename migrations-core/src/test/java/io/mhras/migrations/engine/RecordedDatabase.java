package io.mhras.migrations.engine;

import io.mhras.migrations.DatabaseHealth;
import io.mhras.migrations.DatabaseKind;
import io.mhras.migrations.HistoryEntry;
import io.mhras.migrations.HistoryEntry.Event;
import io.mhras.migrations.HistoryEntry.Execution;
import io.mhras.migrations.HistoryEntry.Recorded;
import io.mhras.migrations.Migration;
import io.mhras.migrations.MigrationActivity;
import io.mhras.migrations.MigrationBody;
import io.mhras.migrations.MigrationDriver;
import io.mhras.migrations.MigrationPlan;
import io.mhras.migrations.MigrationPreview;
import io.mhras.migrations.MigrationScript;
import io.mhras.migrations.MigrationSession;
import io.mhras.migrations.MigrationStep;
import io.mhras.migrations.MigrationVersion;
import io.mhras.migrations.ScriptLanguage;
import io.mhras.migrations.TableReader;
import io.mhras.migrations.TablesInMemory;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** A history in memory: keeps what is recorded, and runs nothing. */
final class RecordedDatabase implements MigrationDriver, ScriptLanguage, MigrationSession {

    private static final Instant FIRST = Instant.parse("2025-10-30T15:30:00Z");

    private final List<HistoryEntry> entries = new ArrayList<>();
    private final Map<MigrationVersion, KeptScripts> kept = new HashMap<>();
    private String name = "postgresql";

    /** What a run was told. */
    final List<Stop> stops = new CopyOnWriteArrayList<>();

    private TablesInMemory tables = new TablesInMemory(TableReader.Kind.TABLE);
    private boolean runsCode;

    /** Beside the history there are these. */
    RecordedDatabase beside(TablesInMemory others) {
        tables = others;
        return this;
    }

    RecordedDatabase runningCode() {
        runsCode = true;
        return this;
    }

    /** Records the event for each, with the fingerprint that follows from what was recorded before. */
    RecordedDatabase with(Event event, Migration... migrations) {
        for (Migration migration : migrations) {
            List<HistoryEntry> after = new ArrayList<>(entries);
            after.add(entry(event, migration, "", null));
            add(
                    entry(
                            event,
                            migration,
                            AppliedMigrations.of(after).fingerprint().toString(),
                            null),
                    migration);
        }
        return this;
    }

    /** Records that its script failed. */
    RecordedDatabase withFailure(Migration migration, String error) {
        add(
                entry(
                        Event.FAILED,
                        migration,
                        AppliedMigrations.of(entries).fingerprint().toString(),
                        error),
                migration);
        return this;
    }

    /** As of a script that was too long to keep. */
    RecordedDatabase forgetting(Migration migration) {
        kept.remove(migration.version());
        return this;
    }

    private HistoryEntry entry(Event event, Migration migration, String fingerprint, @Nullable String error) {
        return new HistoryEntry(
                entries.size() + 1,
                event,
                Recorded.of(migration, migration.up().name()),
                null,
                new Execution(
                        Duration.ofMillis(5), error, "admin", "patients", "host", FIRST.plusSeconds(entries.size())),
                fingerprint);
    }

    private HistoryEntry add(HistoryEntry entry, Migration migration) {
        entries.add(entry);
        if (entry.event() == Event.APPLIED) {
            kept.put(migration.version(), new KeptScripts(text(migration.up()), text(migration.down())));
        }
        return entry;
    }

    private static @Nullable String text(@Nullable MigrationBody body) {
        return body instanceof MigrationScript script ? script.text() : null;
    }

    private HistoryEntry add(MigrationStep step) {
        return add(entry(step.event(), step.migration(), step.fingerprint(), null), step.migration());
    }

    /** What is applied, oldest first. */
    List<MigrationVersion> applied() {
        return AppliedMigrations.of(entries).inOrder().stream()
                .map(HistoryEntry::version)
                .toList();
    }

    @Override
    public DatabaseKind kind() {
        return DatabaseKind.POSTGRESQL;
    }

    @Override
    public String database() {
        return name;
    }

    @Override
    public RecordedDatabase named(String newName) {
        name = newName;
        return this;
    }

    @Override
    public boolean runsCode() {
        return runsCode;
    }

    @Override
    public ScriptLanguage language() {
        return this;
    }

    @Override
    public String masked(String text) {
        return text.replaceAll("'[^']*'", "?");
    }

    @Override
    public boolean sameStatements(String one, String other) {
        return statements(one).equals(statements(other));
    }

    private static String statements(String text) {
        return text.replaceAll("--.*", "").replaceAll("\\s+", "");
    }

    @Override
    public Optional<HistoryEntry> newest() {
        return entries.isEmpty() ? Optional.empty() : Optional.of(entries.get(entries.size() - 1));
    }

    @Override
    public List<HistoryEntry> entries() {
        return List.copyOf(entries);
    }

    @Override
    public Map<MigrationVersion, KeptScripts> scripts(Collection<MigrationVersion> versions) {
        Map<MigrationVersion, KeptScripts> found = new HashMap<>(kept);
        found.keySet().retainAll(versions);
        return found;
    }

    @Override
    public List<String> cleanable() {
        return List.of();
    }

    @Override
    public Optional<DatabaseHealth> health() {
        return Optional.empty();
    }

    @Override
    public Optional<String> structure() {
        return Optional.empty();
    }

    @Override
    public Optional<MigrationActivity> activity() {
        return Optional.empty();
    }

    @Override
    public TableReader tables() {
        return tables;
    }

    @Override
    public List<Placeholder> placeholders(MigrationScript script) {
        return List.of();
    }

    @Override
    public int count(MigrationScript script, int most) {
        return (int) script.text().lines().limit(most).count();
    }

    @Override
    public Optional<String> statement(MigrationScript script, int number) {
        return script.text().lines().skip(number - 1L).findFirst();
    }

    @Override
    public MigrationPreview preview(MigrationPlan plan) {
        return new MigrationPreview(plan, List.of());
    }

    @Override
    public Optional<MigrationSession> open(MigrationSession.Observer observer, Predicate<HistoryEntry> isDone) {
        return Optional.of(this);
    }

    @Override
    public HistoryEntry execute(MigrationStep step) {
        if (step.body() == null) {
            throw new IllegalArgumentException(step + " has nothing to execute");
        }
        return add(step);
    }

    @Override
    public List<HistoryEntry> record(List<MigrationStep> steps) {
        return steps.stream().map(this::add).toList();
    }

    @Override
    public List<String> clean() {
        entries.clear();
        kept.clear();
        return List.of();
    }

    @Override
    public void stop(Stop how) {
        stops.add(how);
    }

    @Override
    public void close() {}
}
