package io.mhras.migrations.mongodb.health;

import com.mongodb.MongoException;
import com.mongodb.client.MongoDatabase;
import io.mhras.migrations.DatabaseHealth;
import io.mhras.migrations.DatabaseHealth.Connections;
import io.mhras.migrations.DatabaseHealth.Finding;
import io.mhras.migrations.DatabaseHealth.Index;
import io.mhras.migrations.DatabaseHealth.Table;
import io.mhras.migrations.mongodb.history.HistoryCollections;
import io.mhras.migrations.mongodb.history.HistoryErrors;
import io.mhras.migrations.mongodb.server.MissingRight;
import io.mhras.migrations.mongodb.server.MongoErrors;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import org.bson.BsonDocument;
import org.bson.BsonInt32;
import org.bson.BsonString;
import org.jspecify.annotations.Nullable;

/** Asks a server for the health of a database. What a user may not see, or a server does not answer, is named and left out. */
public final class MongoHealth {

    private final HistoryCollections collections;
    private final Set<String> notRead = new LinkedHashSet<>();

    private MongoHealth(HistoryCollections collections) {
        this.collections = collections;
    }

    public static DatabaseHealth read(HistoryCollections collections) {
        return new MongoHealth(collections).read();
    }

    private DatabaseHealth read() {
        MongoDatabase database = collections.database();
        List<CollectionHealth> all = collections();
        BsonDocument build = ask("the version", MissingRight.SEE_SERVER, database, "buildInfo");
        BsonDocument size = ask("the size of the database", MissingRight.SEE_DATABASE_SIZE, database, "dbStats");
        List<Finding> findings = new ArrayList<>();
        all.forEach(one -> one.fullness().ifPresent(findings::add));
        all.forEach(one -> findings.addAll(one.unusedIndexes()));
        findings.addAll(CollectionHealth.withoutValidator(all));
        return new DatabaseHealth(
                database.getName(),
                "MongoDB"
                        + (build == null ? "" : " " + build.getString("version").getValue()),
                size == null
                        ? null
                        : CollectionHealth.number(size, "storageSize") + CollectionHealth.number(size, "indexSize"),
                connections(),
                all.stream()
                        .map(CollectionHealth::countedSince)
                        .filter(since -> since != null)
                        .max(Comparator.naturalOrder())
                        .orElse(null),
                all.stream()
                        .map(CollectionHealth::table)
                        .sorted(Comparator.comparingLong(Table::bytes)
                                .reversed()
                                .thenComparing(Table::name))
                        .toList(),
                all.stream()
                        .flatMap(one -> one.indexes().stream())
                        .sorted(Comparator.comparingLong(Index::bytes)
                                .reversed()
                                .thenComparing(Index::name))
                        .toList(),
                findings,
                List.copyOf(notRead));
    }

    private List<CollectionHealth> collections() {
        List<BsonDocument> entries = read(
                "the collections",
                MissingRight.SEE_COLLECTIONS,
                () -> collections.database().listCollections(BsonDocument.class).into(new ArrayList<>()));
        Set<String> own = Set.copyOf(collections.all().stream()
                .map(one -> one.getNamespace().getCollectionName())
                .toList());
        return entries == null
                ? List.of()
                : entries.stream()
                        .filter(entry -> isStored(entry) && !own.contains(name(entry)))
                        .sorted(Comparator.comparing(MongoHealth::name))
                        .map(this::collection)
                        .toList();
    }

    private static boolean isStored(BsonDocument entry) {
        return !name(entry).startsWith("system.")
                && !entry.getString("type", new BsonString("collection"))
                        .getValue()
                        .equals("view");
    }

    private static String name(BsonDocument entry) {
        return entry.getString("name").getValue();
    }

    private CollectionHealth collection(BsonDocument entry) {
        MongoDatabase database = collections.database();
        BsonDocument sizes = read(
                "the sizes of collections",
                MissingRight.SEE_COLLECTION_SIZES,
                () -> database.runCommand(new BsonDocument("collStats", entry.getString("name")), BsonDocument.class));
        List<BsonDocument> uses = read(
                "how often indexes are used",
                MissingRight.SEE_INDEX_USE,
                () -> database.getCollection(name(entry), BsonDocument.class)
                        .aggregate(List.of(new BsonDocument("$indexStats", new BsonDocument())))
                        .into(new ArrayList<>()));
        return new CollectionHealth(
                name(entry),
                entry.getDocument("options", new BsonDocument()),
                sizes == null ? new BsonDocument() : sizes,
                uses == null ? List.of() : uses,
                Instant.now());
    }

    private @Nullable Connections connections() {
        BsonDocument status = ask(
                "the connections", MissingRight.SEE_SERVER, collections.client().getDatabase("admin"), "serverStatus");
        if (status == null || !(status.get("connections") instanceof BsonDocument connections)) {
            return null;
        }
        int open = (int) CollectionHealth.number(connections, "current");
        return new Connections(
                open,
                (int) CollectionHealth.number(connections, "active"),
                open + (int) CollectionHealth.number(connections, "available"));
    }

    private @Nullable BsonDocument ask(String subject, MissingRight right, MongoDatabase database, String command) {
        return read(
                subject,
                right,
                () -> database.runCommand(new BsonDocument(command, new BsonInt32(1)), BsonDocument.class));
    }

    private <T> @Nullable T read(String subject, MissingRight right, Supplier<T> query) {
        try {
            return query.get();
        } catch (MongoException e) {
            if (MongoErrors.leavesOpenWhatHappened(e)) {
                throw HistoryErrors.of(collections, e);
            }
            notRead.add("Not read: " + subject + "; " + right.why(e) + ".");
            return null;
        }
    }
}
