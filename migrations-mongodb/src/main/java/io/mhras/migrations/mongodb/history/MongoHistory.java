package io.mhras.migrations.mongodb.history;

import static com.mongodb.client.model.Filters.and;
import static com.mongodb.client.model.Filters.eq;
import static com.mongodb.client.model.Filters.in;
import static com.mongodb.client.model.Projections.exclude;
import static com.mongodb.client.model.Projections.include;
import static com.mongodb.client.model.Sorts.ascending;
import static com.mongodb.client.model.Sorts.descending;

import com.mongodb.MongoException;
import io.mhras.migrations.HistoryEntry;
import io.mhras.migrations.HistoryEntry.Event;
import io.mhras.migrations.MigrationHistory;
import io.mhras.migrations.MigrationVersion;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.bson.BsonDocument;
import org.bson.BsonNumber;
import org.bson.conversions.Bson;
import org.jspecify.annotations.Nullable;

/** Reads the history; nothing in here writes. */
public final class MongoHistory implements MigrationHistory {

    private static final Bson WITHOUT_TEXTS = exclude("up_script", "down_script");

    private final HistoryCollections collections;

    public MongoHistory(HistoryCollections collections) {
        this.collections = collections;
    }

    /**
     * The last document, of whatever kind: one that is not an event of ours shows that the collection belongs to someone
     * else.
     */
    @Override
    public Optional<HistoryEntry> newest() {
        return query(() -> Optional.ofNullable(collections
                        .events()
                        .find()
                        .projection(WITHOUT_TEXTS)
                        .sort(descending("_id"))
                        .limit(1)
                        .first()))
                .map(this::entry);
    }

    @Override
    public List<HistoryEntry> entries() {
        return query(() -> {
            List<HistoryEntry> entries = new ArrayList<>();
            List<BsonDocument> documents = collections
                    .events()
                    .find()
                    .projection(WITHOUT_TEXTS)
                    .sort(ascending("_id"))
                    .into(new ArrayList<>());
            documents.forEach(document -> entries.add(entry(document)));
            return withProgress(entries);
        });
    }

    /** How far a run came whose process is gone, or still at work, is in the journal. */
    private List<HistoryEntry> withProgress(List<HistoryEntry> entries) {
        Map<MigrationVersion, Integer> newest = new LinkedHashMap<>();
        for (int i = 0; i < entries.size(); i++) {
            newest.put(entries.get(i).version(), i);
        }
        for (int index : newest.values()) {
            HistoryEntry entry = entries.get(index);
            if (entry.event() == Event.STARTED) {
                entries.set(index, entry.with(new JournalProgress(collections, entry.id()).done()));
            }
        }
        return entries;
    }

    @Override
    public Map<MigrationVersion, KeptScripts> scripts(Collection<MigrationVersion> versions) {
        List<String> names = versions.stream().map(MigrationVersion::toString).toList();
        Bson wanted = and(in("event", "APPLIED", "STAMPED", "BASELINED", "ADOPTED", "REPAIRED"), in("version", names));
        return query(() -> {
            Map<MigrationVersion, KeptScripts> kept = new HashMap<>();
            for (BsonDocument document : collections
                    .events()
                    .find(wanted)
                    .projection(include("version", "up_script", "down_script"))
                    .sort(ascending("_id"))) {
                kept.merge(
                        MigrationVersion.of(document.getString("version").getValue()),
                        new KeptScripts(
                                HistoryDocument.optionalText(document, "up_script"),
                                HistoryDocument.optionalText(document, "down_script")),
                        (before, since) -> since.orElse(before));
            }
            return kept;
        });
    }

    /** The runs that can still be resumed. */
    public List<Long> openRuns() {
        return unfinished().stream().map(this::run).toList();
    }

    private List<HistoryEntry> unfinished() {
        Map<MigrationVersion, HistoryEntry> newest = new LinkedHashMap<>();
        entries().forEach(entry -> newest.put(entry.version(), entry));
        return newest.values().stream()
                .filter(entry -> entry.statement() != null)
                .toList();
    }

    @Override
    public List<HistoryEntry> inDoubt() {
        return query(() -> unfinished().stream()
                .filter(entry -> new JournalProgress(collections, run(entry)).asksForRepair())
                .toList());
    }

    /** The number of the run that this event left unfinished. */
    public long run(HistoryEntry unfinished) {
        BsonDocument document = document(unfinished.id());
        return document != null && document.get(HistoryDocument.RUN) instanceof BsonNumber run
                ? run.longValue()
                : unfinished.id();
    }

    /** The whole event, with what {@link HistoryEntry} does not show; null if there is none. */
    public @Nullable BsonDocument document(long id) {
        return query(() -> collections.events().find(eq("_id", id)).first());
    }

    private HistoryEntry entry(BsonDocument document) {
        return HistoryDocument.entry(document, collections.name());
    }

    private <T extends @Nullable Object> T query(Supplier<T> query) {
        try {
            return query.get();
        } catch (MongoException e) {
            throw HistoryErrors.of(collections, e);
        }
    }
}
