package io.mhras.migrations.testing.mongodb;

import static org.assertj.core.api.Assertions.assertThat;

import com.mongodb.MongoException;
import com.mongodb.client.ClientSession;
import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.MongoDatabase;
import com.mongodb.client.model.Filters;
import com.mongodb.client.model.Updates;
import java.util.Objects;
import org.assertj.core.api.Assertions;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.bson.Document;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What transactions do not see of each other, and where they meet. */
class IsolationTest {

    private static final MongoDouble server = MongoDouble.replicaSet();
    private static final MongoClient client = MongoClients.create(server.url());
    private final MongoDatabase database = client.getDatabase("test");
    private final MongoCollection<Document> collection = database.getCollection("x");

    @AfterAll
    static void stop() {
        client.close();
        server.close();
    }

    @BeforeEach
    void fill() {
        database.drop();
        collection.insertOne(Document.parse("{_id: 1, n: 1}"));
    }

    @Test
    void othersSeeWhatItWroteWhenItIsCommitted() {
        try (ClientSession session = client.startSession()) {
            session.startTransaction();
            collection.updateOne(session, Filters.eq(1), Updates.inc("n", 1));
            collection.insertOne(session, new Document("_id", 2));
            database.getCollection("made").insertOne(session, new Document("_id", 1));

            assertThat(collection.find(session)).hasSize(2);
            assertThat(collection.find()).containsExactly(Document.parse("{_id: 1, n: 1}"));
            assertThat(database.listCollectionNames()).containsExactly("x");

            session.commitTransaction();
        }
        assertThat(collection.find()).containsExactly(Document.parse("{_id: 1, n: 2}"), new Document("_id", 2));
        assertThat(database.getCollection("made").countDocuments()).isEqualTo(1);
    }

    @Test
    void itKeepsToTheIndexesThatAreThereAndMakesThoseOfNewCollections() {
        collection.createIndex(new Document("n", 1));
        collection.createIndex(new Document("u", 1), new com.mongodb.client.model.IndexOptions().unique(true));
        try (ClientSession session = client.startSession()) {
            session.startTransaction();
            collection.insertOne(session, Document.parse("{_id: 2, n: 1, u: 1}"));
            database.getCollection("made").createIndex(session, new Document("a", 1));
            session.commitTransaction();
        }
        assertThat(collection.listIndexes()).hasSize(3);
        assertThat(database.getCollection("made").listIndexes()).hasSize(2);
        try (ClientSession session = client.startSession()) {
            session.startTransaction();
            assertThat(failure(() -> collection.insertOne(session, Document.parse("{_id: 3, u: 1}")))
                            .getCode())
                    .isEqualTo(11000);
            session.abortTransaction();
        }
    }

    @Test
    void itDoesNotSeeWhatOthersCommitAfterItBegan() {
        try (ClientSession session = client.startSession()) {
            session.startTransaction();
            assertThat(collection.find(session)).hasSize(1);
            collection.insertOne(new Document("_id", 2));
            assertThat(collection.find(session)).hasSize(1);
            session.commitTransaction();
        }
        assertThat(collection.find()).hasSize(2);
    }

    @Test
    void twoThatWriteOneDocumentConflict() {
        try (ClientSession one = client.startSession();
                ClientSession other = client.startSession()) {
            one.startTransaction();
            other.startTransaction();
            collection.updateOne(one, Filters.eq(1), Updates.inc("n", 1));
            MongoException failure = failure(() -> collection.updateOne(other, Filters.eq(1), Updates.inc("n", 10)));
            assertThat(failure.getCode()).isEqualTo(112);
            assertThat(failure.getErrorLabels()).contains(MongoException.TRANSIENT_TRANSACTION_ERROR_LABEL);
            assertThat(failure(() -> collection.find(other).first()).getCode()).isEqualTo(251);
            other.abortTransaction();
            one.commitTransaction();
        }
        assertThat(collection.find().first()).containsEntry("n", 2);
    }

    @Test
    void whatOthersHaveChangedSinceItBeganConflicts() {
        try (ClientSession session = client.startSession()) {
            session.startTransaction();
            collection.find(session).first();
            collection.updateOne(Filters.eq(1), Updates.inc("n", 1));
            assertThat(failure(() -> collection.updateOne(session, Filters.eq(1), Updates.inc("n", 10)))
                            .getCode())
                    .isEqualTo(112);
            session.abortTransaction();
        }
    }

    @Test
    void anErrorEndsIt() {
        try (ClientSession session = client.startSession()) {
            session.startTransaction();
            collection.insertOne(session, new Document("_id", 2));
            assertThat(failure(() -> collection.insertOne(session, new Document("_id", 1)))
                            .getCode())
                    .isEqualTo(11000);
            assertThat(failure(session::commitTransaction).getCode()).isEqualTo(251);
        }
        assertThat(collection.find()).hasSize(1);
    }

    @Test
    void aWriteOutsideThatWouldWaitIsNotAnsweredWrongly() {
        try (ClientSession session = client.startSession()) {
            session.startTransaction();
            collection.updateOne(session, Filters.eq(1), Updates.inc("n", 1));
            assertThat(failure(() -> collection.updateOne(Filters.eq(1), Updates.inc("n", 10)))
                            .getMessage())
                    .contains("is not supported by the double of MongoDB");
            session.abortTransaction();
        }
    }

    @Test
    void aFailPointClosesTheConnectionOrGivesLabels() {
        MongoDatabase admin = client.getDatabase("admin");
        admin.runCommand(Document.parse("{configureFailPoint: 'failCommand', mode: {times: 2},"
                + " data: {failCommands: ['insert'], closeConnection: true}}"));
        assertThat(Assertions.catchThrowable(() -> collection.insertOne(new Document("_id", 2))))
                .isInstanceOf(com.mongodb.MongoSocketException.class);
        admin.runCommand(Document.parse("{configureFailPoint: 'failCommand', mode: {times: 1},"
                + " data: {failCommands: ['insert'], errorCode: 6, errorLabels: ['Mine']}}"));
        assertThat(failure(() -> collection.insertOne(new Document("_id", 2))).getErrorLabels())
                .contains("Mine");
    }

    private static MongoException failure(ThrowingCallable action) {
        return Objects.requireNonNull(Assertions.catchThrowableOfType(MongoException.class, action));
    }
}
