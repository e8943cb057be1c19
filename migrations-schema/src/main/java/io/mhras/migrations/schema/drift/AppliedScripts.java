package io.mhras.migrations.schema.drift;

import io.mhras.migrations.HistoryEntry;
import io.mhras.migrations.HistoryEntry.Event;
import io.mhras.migrations.Migration;
import io.mhras.migrations.MigrationBody;
import io.mhras.migrations.MigrationException.InvalidTarget;
import io.mhras.migrations.MigrationException.Refused;
import io.mhras.migrations.MigrationHistory;
import io.mhras.migrations.MigrationHistory.KeptScripts;
import io.mhras.migrations.MigrationScript;
import io.mhras.migrations.MigrationSet;
import io.mhras.migrations.MigrationVersion;
import io.mhras.migrations.schema.report.DriftScope;
import io.mhras.migrations.text.SettingNames;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What was applied to a database, in that order: the files where they are the ones that ran, else the texts that the history
 * keeps.
 *
 * @param applied each with its body
 * @param unfinished what stopped after some of its statements, which are done though it is not applied
 */
public record AppliedScripts(List<Applied> applied, List<Applied> unfinished) {

    private static final Set<Event> NEVER_RAN = EnumSet.of(Event.STAMPED, Event.ADOPTED);
    private static final int MOST_LISTED = 10;

    public AppliedScripts {
        applied = List.copyOf(applied);
        unfinished = List.copyOf(unfinished);
    }

    /**
     * One that is applied, or the schema to begin with.
     *
     * @param title for people
     * @param body what is run
     * @param doubt why it may not be what made the database; null if nothing says so
     */
    public record Applied(
            String title, MigrationBody body, @Nullable String doubt) {}

    /**
     * Finds the text of each.
     *
     * @param inOrder what is applied, oldest first
     * @param history all events
     * @param start what stands for the first of them; null if all have to run
     * @throws Refused if nothing is applied, or if what ran is not known of one of them
     */
    public static AppliedScripts of(
            List<HistoryEntry> inOrder,
            List<HistoryEntry> history,
            MigrationSet files,
            MigrationHistory texts,
            DriftScope.@Nullable Start start) {
        if (inOrder.isEmpty()) {
            throw new Refused(
                    "According to the history nothing is applied, so there is nothing to compare with.",
                    "Apply the migrations, or take over the history of another tool first.");
        }
        List<Applied> applied = new ArrayList<>();
        List<HistoryEntry> toRun = inOrder;
        if (start != null) {
            applied.add(new Applied("schema of " + start.schema().getFileName(), schema(start.schema()), null));
            toRun = inOrder.subList(behind(start.version(), inOrder), inOrder.size());
        }
        Set<MigrationVersion> repaired = history.stream()
                .filter(entry -> entry.event() == Event.REPAIRED && entry.statement() == null)
                .map(HistoryEntry::version)
                .collect(Collectors.toSet());
        List<HistoryEntry> changed =
                toRun.stream().filter(entry -> file(entry, files) == null).toList();
        Map<MigrationVersion, KeptScripts> kept = changed.isEmpty()
                ? Map.of()
                : texts.scripts(changed.stream().map(HistoryEntry::version).toList());
        List<HistoryEntry> unknown = new ArrayList<>();
        for (HistoryEntry entry : toRun) {
            MigrationBody body = body(entry, files, kept.get(entry.version()));
            if (body == null) {
                unknown.add(entry);
            } else {
                applied.add(new Applied(title(entry), body, doubt(entry, repaired)));
            }
        }
        if (!unknown.isEmpty()) {
            throw unknown(unknown);
        }
        return new AppliedScripts(applied, unfinished(history, files));
    }

    private static List<Applied> unfinished(List<HistoryEntry> history, MigrationSet files) {
        Map<MigrationVersion, HistoryEntry> newest = new LinkedHashMap<>();
        history.stream().filter(entry -> entry.event() != Event.OBSERVED).forEach(entry -> {
            newest.remove(entry.version());
            newest.put(entry.version(), entry);
        });
        List<Applied> unfinished = new ArrayList<>();
        for (HistoryEntry entry : newest.values()) {
            boolean isOpen = entry.event() == Event.STARTED || entry.event() == Event.FAILED;
            Integer statement = entry.statement();
            Migration file = files.find(entry.version()).orElse(null);
            if (isOpen && statement != null && statement > 0 && file != null) {
                unfinished.add(new Applied(title(entry), file.up(), "stopped after statement " + statement));
            }
        }
        return unfinished;
    }

    private static int behind(MigrationVersion version, List<HistoryEntry> inOrder) {
        for (int i = 0; i < inOrder.size(); i++) {
            if (inOrder.get(i).version().equals(version)) {
                return i + 1;
            }
        }
        throw new InvalidTarget(
                "The migration " + version + " is not applied, so that no schema can be the one at it.",
                "Name the newest migration that is in the schema; 'migrations history' lists what is applied.");
    }

    private static @Nullable MigrationBody file(HistoryEntry entry, MigrationSet files) {
        return files.find(entry.version())
                .map(Migration::up)
                .filter(up -> up.checksum().equals(entry.checksum()))
                .orElse(null);
    }

    private static @Nullable MigrationBody body(HistoryEntry entry, MigrationSet files, @Nullable KeptScripts kept) {
        MigrationBody file = file(entry, files);
        if (file != null || kept == null || kept.up() == null) {
            return file;
        }
        return MigrationScript.ofText(entry.script(), "history:" + entry.script(), kept.up());
    }

    private static @Nullable String doubt(HistoryEntry entry, Set<MigrationVersion> repaired) {
        if (NEVER_RAN.contains(entry.event())) {
            return "was marked as applied and not run by this tool";
        }
        return repaired.contains(entry.version()) ? "was changed after it had run, and the change was accepted" : null;
    }

    private static String title(HistoryEntry entry) {
        return entry.script().isEmpty() ? entry.version().toString() : entry.script();
    }

    private static Refused unknown(List<HistoryEntry> unknown) {
        String list = unknown.stream()
                .limit(MOST_LISTED)
                .map(entry -> "\n  " + entry.version()
                        + (entry.version().isRepeatable() ? "" : " " + entry.description()) + ": "
                        + (entry.recorded().kind() == HistoryEntry.Kind.JAVA
                                ? "it is code, which is not there"
                                : "its file is gone or was changed, and the history keeps no text of it"))
                .collect(Collectors.joining());
        int more = unknown.size() - MOST_LISTED;
        return new Refused(
                "What ran is no longer known, so that it cannot be said what it makes:" + list
                        + (more > 0 ? "\n  and " + more + " more" : ""),
                "Bring the files back as they ran; or give the schema as it was at the newest of them, or later:"
                        + " 'pg_dump --schema-only' writes it, " + SettingNames.quoted("schema-file") + " and "
                        + SettingNames.quoted("from") + " name it.");
    }

    private static MigrationScript schema(Path file) {
        return new MigrationScript(
                String.valueOf(file.getFileName()),
                file.toString(),
                "of a schema",
                MigrationScript.Options.DEFAULT,
                () -> open(file));
    }

    private static Reader open(Path file) throws IOException {
        return Files.newBufferedReader(file);
    }

    /** As migrations that run one after the other, whatever their versions are. */
    public MigrationSet migrations() {
        List<Migration> migrations = new ArrayList<>();
        for (int i = 0; i < applied.size(); i++) {
            Applied one = applied.get(i);
            MigrationVersion place = MigrationVersion.of(String.valueOf(i + 1));
            migrations.add(new Migration(place, one.title(), null, one.body(), null, null));
        }
        return MigrationSet.of(migrations);
    }
}
