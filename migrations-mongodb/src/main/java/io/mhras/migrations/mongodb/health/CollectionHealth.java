package io.mhras.migrations.mongodb.health;

import io.mhras.migrations.DatabaseHealth.Finding;
import io.mhras.migrations.DatabaseHealth.Index;
import io.mhras.migrations.DatabaseHealth.Kind;
import io.mhras.migrations.DatabaseHealth.Table;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.bson.BsonDocument;
import org.bson.BsonNumber;
import org.jspecify.annotations.Nullable;

/**
 * The health of a collection.
 *
 * @param options with which it was made
 * @param sizes what {@code collStats} reports of it; empty if that was not read
 * @param uses what {@code $indexStats} reports of its indexes; empty if that was not read
 * @param now when that was
 */
record CollectionHealth(String name, BsonDocument options, BsonDocument sizes, List<BsonDocument> uses, Instant now) {

    private static final double NEARLY_FULL = 0.9;

    // Counters are reset when the server starts, and a report is due once a day or a week.
    private static final Duration LONG_ENOUGH = Duration.ofDays(7);

    Table table() {
        return new Table(
                name, number(sizes, "count"), number(sizes, "storageSize"), number(sizes, "totalIndexSize"), 0, null);
    }

    List<Index> indexes() {
        BsonDocument indexSizes = sizes.getDocument("indexSizes", new BsonDocument());
        Set<String> names = new TreeSet<>(indexSizes.keySet());
        uses.forEach(use -> names.add(use.getString("name").getValue()));
        return names.stream()
                .map(index -> new Index(index, name, number(indexSizes, index), uses(index)))
                .toList();
    }

    private long uses(String index) {
        return uses.stream()
                .filter(use -> use.getString("name").getValue().equals(index))
                .mapToLong(use -> number(use.getDocument("accesses"), "ops"))
                .sum();
    }

    /** Since when uses are counted; null if that was not read. */
    @Nullable Instant countedSince() {
        return uses.stream()
                .map(CollectionHealth::since)
                .min(Instant::compareTo)
                .orElse(null);
    }

    private static Instant since(BsonDocument use) {
        return Instant.ofEpochMilli(
                use.getDocument("accesses").getDateTime("since").getValue());
    }

    /** A capped collection forgets the oldest documents when it is full. */
    Optional<Finding> fullness() {
        double share = Math.max(
                share(number(sizes, "size"), number(options, "size")),
                share(number(sizes, "count"), number(options, "max")));
        return share < NEARLY_FULL || !options.containsKey("capped")
                ? Optional.empty()
                : Optional.of(new Finding(
                        Kind.FULL_CAPPED_COLLECTION,
                        name,
                        "It is capped, and " + Math.round(share * 100) + " % full: new documents push out the oldest.",
                        "If those are needed: db.runCommand({ collMod: \"" + name
                                + "\", cappedSize: <bytes>, cappedMax: <documents> })."));
    }

    private static double share(long part, long whole) {
        return whole <= 0 ? 0 : (double) part / whole;
    }

    /**
     * Indexes that no query has used for a long time; those that keep values unique or documents short-lived have other
     * uses.
     */
    List<Finding> unusedIndexes() {
        return uses.stream()
                // Behind mongos each shard counts for itself.
                .filter(use -> uses(use.getString("name").getValue()) == 0
                        && Duration.between(since(use), now).compareTo(LONG_ENOUGH) >= 0
                        && isForQueries(use))
                .map(use -> use.getString("name").getValue())
                .distinct()
                .map(index -> new Finding(
                        Kind.UNUSED_INDEX,
                        index + " on " + name,
                        "No query has used it since the server counts, and every change keeps it up to date.",
                        "Look at the other members of the replica set too. To try without it: db.getCollection(\""
                                + name + "\").hideIndex(\"" + index + "\"); then dropIndex."))
                .toList();
    }

    private static boolean isForQueries(BsonDocument use) {
        BsonDocument spec = use.getDocument("spec", new BsonDocument());
        return !use.getString("name").getValue().equals("_id_")
                && !spec.containsKey("unique")
                && !spec.containsKey("expireAfterSeconds");
    }

    /** Where some collections have a validator, one without may have been forgotten. */
    static List<Finding> withoutValidator(List<CollectionHealth> all) {
        long checked = all.stream().filter(CollectionHealth::hasValidator).count();
        return all.stream()
                .filter(one -> checked > 0
                        && !one.hasValidator()
                        && !one.options.containsKey("capped")
                        && !one.options.containsKey("timeseries"))
                .map(one -> new Finding(
                        Kind.COLLECTION_WITHOUT_VALIDATOR,
                        one.name,
                        "It takes any document; " + checked + " other" + (checked == 1 ? "" : "s")
                                + " of this database check theirs.",
                        "If its documents have a shape: db.runCommand({ collMod: \"" + one.name
                                + "\", validator: { $jsonSchema: { ... } } })."))
                .toList();
    }

    private boolean hasValidator() {
        return options.containsKey("validator");
    }

    /** A number of whichever type; 0 if there is none. */
    static long number(BsonDocument document, String field) {
        return document.get(field) instanceof BsonNumber number ? number.longValue() : 0;
    }
}
