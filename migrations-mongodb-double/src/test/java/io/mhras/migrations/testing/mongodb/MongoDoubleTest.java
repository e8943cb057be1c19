package io.mhras.migrations.testing.mongodb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.mongodb.MongoCommandException;
import com.mongodb.MongoException;
import com.mongodb.MongoWriteConcernException;
import com.mongodb.MongoWriteException;
import com.mongodb.ReadConcern;
import com.mongodb.TransactionOptions;
import com.mongodb.client.ClientSession;
import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.MongoDatabase;
import com.mongodb.client.model.CreateCollectionOptions;
import com.mongodb.client.model.Filters;
import com.mongodb.client.model.FindOneAndUpdateOptions;
import com.mongodb.client.model.IndexOptions;
import com.mongodb.client.model.InsertManyOptions;
import com.mongodb.client.model.ReturnDocument;
import com.mongodb.client.model.UpdateOptions;
import com.mongodb.client.model.ValidationOptions;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.assertj.core.api.Assertions;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.bson.Document;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What the double does as the server does, and mongo-java-server by itself does not. */
class MongoDoubleTest {

    private static final MongoDouble server = MongoDouble.replicaSet();
    private static final MongoClient client = MongoClients.create(server.url());
    private final MongoDatabase database = client.getDatabase("test");

    @AfterAll
    static void stop() {
        client.close();
        server.close();
    }

    @AfterEach
    void drop() {
        database.drop();
    }

    @Test
    void aValidatorRefusesInsertsAndUpdates() {
        Document schema =
                Document.parse("{$jsonSchema: {required: ['name'], properties: {name: {bsonType: 'string'}}}}");
        database.createCollection(
                "v", new CreateCollectionOptions().validationOptions(new ValidationOptions().validator(schema)));
        MongoCollection<Document> collection = database.getCollection("v");
        collection.insertOne(new Document("_id", 1).append("name", "a"));

        refused(121, () -> collection.insertOne(new Document("name", 1)));
        refused(121, () -> collection.updateOne(Filters.eq(1), Document.parse("{$set: {name: 1}}")));
        refused(121, () -> collection.insertMany(List.of(new Document("name", "b"), new Document())));
        assertThat(collection.countDocuments()).isEqualTo(2);

        database.runCommand(Document.parse("{collMod: 'v', validationLevel: 'off'}"));
        collection.insertOne(new Document());
    }

    @Test
    void aCommandOfManyInsertsStopsAtItsFirstErrorUnlessToldNotTo() {
        Document twice = Document.parse("{insert: 'o', documents: [{_id: 1}, {_id: 1}, {_id: 2}]}");

        assertThat(database.runCommand(twice)).containsEntry("n", 1).containsEntry("ok", 1.0);
        assertThat(database.getCollection("o").countDocuments()).isEqualTo(1);

        assertThat(database.runCommand(twice.append("ordered", false))).containsEntry("n", 1);
        assertThat(database.getCollection("o").countDocuments()).isEqualTo(2);
    }

    @Test
    void aCappedCollectionDropsItsOldest() {
        database.createCollection(
                "c",
                new CreateCollectionOptions().capped(true).sizeInBytes(10_000).maxDocuments(2));
        MongoCollection<Document> collection = database.getCollection("c");
        for (int i = 0; i < 5; i++) {
            collection.insertOne(new Document("_id", i));
        }
        assertThat(collection.distinct("_id", Integer.class)).containsExactly(3, 4);
    }

    @Test
    void indexesConflictByNameAndByOptions() {
        MongoCollection<Document> collection = database.getCollection("i");
        collection.createIndex(Document.parse("{a: 1}"));
        collection.createIndex(Document.parse("{a: 1}"));
        refused(85, () -> collection.createIndex(Document.parse("{a: 1}"), new IndexOptions().name("other")));
        refused(86, () -> collection.createIndex(Document.parse("{a: 1}"), new IndexOptions().unique(true)));
        refused(86, () -> collection.createIndex(Document.parse("{b: 1}"), new IndexOptions().name("a_1")));
        refused(
                197,
                () -> database.runCommand(
                        Document.parse("{createIndexes: 'i', indexes: [{key: {x: 1}, name: 'x', uniqe: true}]}")));
        refused(27, () -> collection.dropIndex("none"));
        assertThat(collection.listIndexes()).hasSize(2);

        collection.createIndex(Document.parse("{t: 1}"), new IndexOptions().expireAfter(10L, TimeUnit.SECONDS));
        refused(85, () -> collection.createIndex(Document.parse("{t: 1}")));
        collection.createIndex(
                Document.parse("{a: 1}"), new IndexOptions().unique(true).name("other"));
    }

    @Test
    void anIndexIsDroppedFromOneCollectionOnly() {
        database.getCollection("i1").createIndex(Document.parse("{a: 1}"));
        database.getCollection("i2").createIndex(Document.parse("{a: 1}"));
        database.getCollection("i1").dropIndexes();
        assertThat(database.getCollection("i1").listIndexes()).hasSize(1);
        assertThat(database.getCollection("i2").listIndexes()).hasSize(2);
    }

    @Test
    void anIndexThatFailsOverDuplicatesLeavesNothing() {
        MongoCollection<Document> collection = database.getCollection("d");
        collection.insertMany(List.of(Document.parse("{a: 1}"), Document.parse("{a: 1}")));
        refused(11000, () -> collection.createIndex(Document.parse("{a: 1}"), new IndexOptions().unique(true)));
        assertThat(collection.listIndexes()).hasSize(1);
        collection.insertOne(Document.parse("{a: 1}"));
    }

    @Test
    void aUniqueIndexCanBePartial() {
        MongoCollection<Document> collection = database.getCollection("p");
        IndexOptions active = new IndexOptions().unique(true).partialFilterExpression(Document.parse("{on: true}"));
        collection.createIndex(Document.parse("{a: 1}"), active);
        collection.insertMany(List.of(Document.parse("{a: 1}"), Document.parse("{a: 1, on: true}")));
        refused(11000, () -> collection.insertOne(Document.parse("{a: 1, on: true}")));
        refused(11000, () -> collection.updateMany(new Document(), Document.parse("{$set: {on: true}}")));
    }

    @Test
    void aViewIsReadAndNotWritten() {
        database.getCollection("t")
                .insertMany(List.of(Document.parse("{_id: 1, n: 1}"), Document.parse("{_id: 2, n: 5}")));
        database.createView("big", "t", List.of(Document.parse("{$match: {n: {$gt: 2}}}")));
        MongoCollection<Document> view = database.getCollection("big");
        assertThat(view.find()).containsExactly(Document.parse("{_id: 2, n: 5}"));
        assertThat(view.countDocuments()).isEqualTo(1);
        refused(166, () -> view.insertOne(new Document()));
    }

    @Test
    void collectionsAreListedWithTheirOptions() {
        database.createCollection(
                "b", new CreateCollectionOptions().capped(true).sizeInBytes(4096));
        database.createCollection("a");
        refused(
                48,
                () -> database.createCollection(
                        "a", new CreateCollectionOptions().capped(true).sizeInBytes(1)));
        List<Document> all = database.listCollections().into(new ArrayList<>());
        assertThat(all).extracting(each -> each.get("name")).containsExactlyInAnyOrder("a", "b");
        assertThat(database.listCollections().filter(Filters.eq("name", "b")).first())
                .extracting(each -> each.get("options"))
                .isEqualTo(new Document("capped", true).append("size", 4096L));
    }

    @Test
    void anUpdateCanBeAPipelineWithTheServersTime() {
        MongoCollection<Document> collection = database.getCollection("lease");
        List<Document> take = List.of(Document.parse(
                "{$set: {fence: {$add: [{$ifNull: ['$fence', 0]}, 1]}, until: {$add: ['$$NOW', 60000]}}}"));
        Document free = Document.parse("{_id: 'x', $expr: {$lte: ['$until', '$$NOW']}}");
        FindOneAndUpdateOptions after = new FindOneAndUpdateOptions().returnDocument(ReturnDocument.AFTER);
        refused(224, () -> collection.findOneAndUpdate(free, take, after.upsert(true)));
        collection.insertOne(Document.parse("{_id: 'x'}"));
        after.upsert(false);
        assertThat(collection.findOneAndUpdate(free, take, after)).containsEntry("fence", 1);
        assertThat(collection.findOneAndUpdate(free, take, after)).isNull();
        assertThat(collection.updateOne(Filters.eq("x"), take).getModifiedCount())
                .isEqualTo(1);
        assertThat(collection.find().first()).containsEntry("fence", 2);
        collection.updateOne(Filters.eq("y"), take, new UpdateOptions().upsert(true));
        assertThat(collection.countDocuments()).isEqualTo(2);
    }

    @Test
    void whatIsUnorderedGoesOnAfterAnError() {
        MongoCollection<Document> collection = database.getCollection("u");
        List<Document> twice = List.of(new Document("_id", 1), new Document("_id", 1), new Document("_id", 2));
        refused(11000, () -> collection.insertMany(twice));
        assertThat(collection.countDocuments()).isEqualTo(1);
        refused(11000, () -> collection.insertMany(twice, new InsertManyOptions().ordered(false)));
        assertThat(collection.countDocuments()).isEqualTo(2);
    }

    @Test
    void anAbortedTransactionLeavesNothingAndTakesNothingFromOthers() {
        MongoCollection<Document> collection = database.getCollection("x");
        collection.insertMany(List.of(Document.parse("{_id: 1, n: 1}"), Document.parse("{_id: 2, n: 1}")));
        try (ClientSession session = client.startSession()) {
            session.startTransaction();
            collection.updateOne(session, Filters.eq(1), Document.parse("{$inc: {n: 1}}"));
            collection.deleteOne(session, Filters.eq(2));
            collection.insertOne(session, new Document("_id", 3));
            database.getCollection("other").insertOne(session, new Document());
            collection.insertOne(new Document("_id", 4));
            session.abortTransaction();
        }
        assertThat(collection.find().sort(new Document("_id", 1)))
                .containsExactly(
                        Document.parse("{_id: 1, n: 1}"), Document.parse("{_id: 2, n: 1}"), new Document("_id", 4));
        assertThat(database.listCollectionNames()).containsExactly("x");
    }

    @Test
    void aTransactionRefusesWhatTheServerRefuses() {
        database.getCollection("x").insertOne(new Document());
        try (ClientSession session = client.startSession()) {
            session.startTransaction();
            refused(263, () -> database.getCollection("x").createIndex(session, Document.parse("{a: 1}")));
        }
        try (MongoDouble standalone = MongoDouble.standalone();
                MongoClient toStandalone = MongoClients.create(standalone.url());
                ClientSession session = toStandalone.startSession()) {
            MongoCollection<Document> collection =
                    toStandalone.getDatabase("test").getCollection("x");
            session.startTransaction();
            assertThatExceptionOfType(MongoException.class)
                    .isThrownBy(() -> collection.insertOne(session, new Document()));
        }
    }

    @Test
    void aTransactionMakesCollectionsWithTheReadConcernLocalOnly() {
        for (ReadConcern other : List.of(ReadConcern.SNAPSHOT, ReadConcern.MAJORITY)) {
            try (ClientSession session = client.startSession()) {
                session.startTransaction(
                        TransactionOptions.builder().readConcern(other).build());
                refused(72, () -> database.createCollection(session, "made"));
            }
        }
        try (ClientSession session = client.startSession()) {
            session.startTransaction(
                    TransactionOptions.builder().readConcern(ReadConcern.LOCAL).build());
            database.createCollection(session, "made");
            database.getCollection("made").createIndex(session, Document.parse("{a: 1}"));
            session.commitTransaction();
        }
        assertThat(database.listCollectionNames()).containsExactly("made");
    }

    @Test
    void inATransactionOnlyItsBeginningAndItsEndHaveConcerns() {
        try (ClientSession session = client.startSession()) {
            session.startTransaction();
            refused(
                    72,
                    () -> database.runCommand(
                            session, Document.parse("{insert: 'x', documents: [{}], writeConcern: {w: 'majority'}}")));
        }
    }

    @Test
    void aFieldThatACommandDoesNotHaveIsRefused() {
        refusedCommand(40415, "{find: 'x', filtre: {}}");
        refusedCommand(40415, "{insert: 'x', documents: [{}], upsert: true}");
        refusedCommand(40415, "{update: 'x', updates: [{q: {}, u: {$set: {a: 1}}, multiple: true}]}");
        refusedCommand(40415, "{createIndexes: 'x', indexes: [{key: {a: 1}, name: 'a'}], background: true}");
        refusedCommand(40415, "{listCollections: 1, names: true}");
        refusedCommand(9, "{aggregate: 'x', pipeline: []}");
    }

    @Test
    void concernsAreRefusedWhereTheyMakeNoSense() {
        refusedCommand(72, "{find: 'x', writeConcern: {w: 1}}");
        refusedCommand(72, "{aggregate: 'x', pipeline: [], cursor: {}, writeConcern: {w: 1}}");
        refusedCommand(72, "{insert: 'x', documents: [{}], readConcern: {level: 'majority'}}");
        refusedCommand(20, "{reIndex: 'x'}");
    }

    @Test
    void currentOperationsAreAskedOfAdminAndOfWhatIsNow() {
        refusedCommand(73, "{aggregate: 1, pipeline: [{$currentOp: {}}], cursor: {}}");
        MongoDatabase admin = client.getDatabase("admin");
        List<Document> all = List.of(Document.parse("{$currentOp: {allUsers: true}}"));
        refused(
                72,
                () -> admin.withReadConcern(ReadConcern.MAJORITY).aggregate(all).first());
        assertThat(admin.withReadConcern(ReadConcern.LOCAL).aggregate(all)).isEmpty();
    }

    @Test
    void commandsFailAsATestSays() {
        MongoDatabase admin = client.getDatabase("admin");
        admin.runCommand(Document.parse("{configureFailPoint: 'failCommand', mode: {times: 1},"
                + " data: {failCommands: ['insert'], errorCode: 13}}"));
        refused(13, () -> database.getCollection("x").insertOne(new Document()));
        database.getCollection("x").insertOne(new Document());
        admin.runCommand(Document.parse("{configureFailPoint: 'failCommand', mode: {times: 1},"
                + " data: {failCommands: ['insert'], writeConcernError: {code: 64, errmsg: 'late'}}}"));
        assertThatExceptionOfType(MongoWriteConcernException.class)
                .isThrownBy(() -> database.getCollection("x").insertOne(new Document()));
        assertThat(database.getCollection("x").countDocuments()).isEqualTo(2);
    }

    private void refusedCommand(int code, String command) {
        refused(code, () -> database.runCommand(Document.parse(command)));
    }

    private static void refused(int code, ThrowingCallable action) {
        MongoException failure = Assertions.catchThrowableOfType(MongoException.class, action);
        assertThat(failure).isNotNull();
        int actual = failure instanceof MongoWriteException write
                ? write.getError().getCode()
                : failure instanceof com.mongodb.MongoBulkWriteException bulk
                        ? bulk.getWriteErrors().get(0).getCode()
                        : failure instanceof MongoCommandException command ? command.getErrorCode() : failure.getCode();
        assertThat(actual).as(failure.getMessage()).isEqualTo(code);
    }
}
