package io.mhras.migrations.mongodb.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.mongodb.MongoBulkWriteException;
import com.mongodb.MongoCommandException;
import com.mongodb.MongoConfigurationException;
import com.mongodb.MongoCredential;
import com.mongodb.MongoNotPrimaryException;
import com.mongodb.MongoSecurityException;
import com.mongodb.MongoSocketReadTimeoutException;
import com.mongodb.MongoTimeoutException;
import com.mongodb.MongoWriteException;
import com.mongodb.ServerAddress;
import com.mongodb.WriteError;
import com.mongodb.bulk.BulkWriteError;
import com.mongodb.bulk.BulkWriteResult;
import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import io.mhras.migrations.MigrationException;
import io.mhras.migrations.MigrationException.DatabaseUnavailable;
import io.mhras.migrations.MigrationException.HistoryUnusable;
import io.mhras.migrations.MigrationException.InvalidMigration;
import io.mhras.migrations.Target;
import io.mhras.migrations.engine.Migrator;
import io.mhras.migrations.engine.MigratorSettings;
import io.mhras.migrations.engine.MigratorSettings.OutOfOrder;
import io.mhras.migrations.mongodb.MongoDriver;
import io.mhras.migrations.mongodb.MongoSettings;
import io.mhras.migrations.mongodb.MongoTest;
import io.mhras.migrations.mongodb.history.HistoryErrors;
import io.mhras.migrations.testing.Files;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.SocketTimeoutException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.bson.BsonDocument;
import org.bson.Document;
import org.junit.jupiter.api.Test;

/** What users read when something is wrong outside of their scripts; and the habits of mongosh that scripts may rely on. */
class MongoErrorsTest extends MongoTest {

    private static final Files ONE = new Files().with("001_a.js", "db.a.insertOne({ _id: 1 });");

    @Test
    void noServer() {
        int nobody = freePort();
        try (MongoClient client =
                MongoClients.create("mongodb://jo:secret@127.0.0.1:" + nobody + "/?serverSelectionTimeoutMS=300")) {
            MigrationException failure = failure(migrator(client, MongoSettings.DEFAULT, ONE));

            assertThat(failure).isInstanceOf(DatabaseUnavailable.class);
            assertThat(failure)
                    .hasMessageStartingWith("There is no connection to MongoDB: 127.0.0.1:" + nobody + ": ")
                    .hasMessageContaining("refused")
                    .hasMessageContaining("Check that the server runs")
                    .message()
                    .doesNotContain("secret");
        }
    }

    private String connectionFailure(String url) {
        try (MongoClient client = MongoClients.create(url)) {
            MigrationException failure = failure(migrator(client, MongoSettings.DEFAULT, ONE));
            assertThat(failure).isInstanceOf(DatabaseUnavailable.class);
            return String.valueOf(failure.getMessage());
        }
    }

    @Test
    void aHostThatThereIsNot() {
        assertThat(connectionFailure("mongodb://nohost.invalid:27017/?serverSelectionTimeoutMS=500"))
                .startsWith("There is no connection to MongoDB: nohost.invalid:27017: there is no host of this name.")
                .contains("Check the host's name in the connection string.");
    }

    @Test
    void aHostWithoutServiceRecords() {
        assertThat(connectionFailure("mongodb+srv://nohost.invalid/?serverSelectionTimeoutMS=500"))
                .startsWith("There is no connection to MongoDB: Failed looking up SRV record for"
                        + " '_mongodb._tcp.nohost.invalid'.")
                .contains("the name service (DNS) says which hosts there are")
                .contains("mongodb:// with all the hosts");
    }

    @Test
    void aNameServiceThatDoesNotAnswer() {
        assertThat(MongoDriver.unavailable(
                        new MongoConfigurationException("Failed looking up TXT record for host shop.example.com")))
                .isInstanceOf(DatabaseUnavailable.class)
                .hasMessageStartingWith("There is no connection to MongoDB: Failed looking up TXT record for host")
                .hasMessageContaining("the name service (DNS) says which hosts there are");
    }

    @Test
    void anotherReplicaSet() {
        String url = mongo.url().replaceAll("replicaSet=\\w+", "replicaSet=wrong");
        assertThat(connectionFailure(url + "&serverSelectionTimeoutMS=1500"))
                .startsWith("There is no connection to MongoDB: 127.0.0.1:")
                .contains(": it has not answered in time, or is no member of the replica set that the connection string"
                        + " names.")
                .contains("rs.conf()._id")
                .doesNotContain("Client view of cluster state");
    }

    @Test
    void aServerWithoutTls() {
        String url = mongo.url() + "&tls=true&serverSelectionTimeoutMS=2000";
        assertThat(connectionFailure(url))
                .startsWith("There is no connection to MongoDB: ")
                .containsPattern("take tls=true|it may want TLS|Check that the server runs");
        assertThat(new ClusterView("{type=UNKNOWN, servers=[{address=h:27017, type=UNKNOWN, state=CONNECTING,"
                                + " exception={com.mongodb.MongoSocketWriteException: Exception sending message}, caused by"
                                + " {javax.net.ssl.SSLException: Unsupported or unrecognized SSL message}}]")
                        .remedy())
                .startsWith("The server does not speak TLS: take tls=true (or ssl=true) out");
        assertThat(new ClusterView(
                                "{type=UNKNOWN, servers=[{address=h:27017, type=UNKNOWN, state=CONNECTING,"
                                        + " exception={com.mongodb.MongoSocketReadException: Prematurely reached end of stream}}]")
                        .remedy())
                .contains("it may want TLS (tls=true in the connection string)");
        assertThat(new ClusterView("{type=UNKNOWN, servers=[{address=h:27017, type=UNKNOWN, state=CONNECTING,"
                                + " exception={com.mongodb.MongoSocketWriteException: Exception sending message}, caused by"
                                + " {javax.net.ssl.SSLHandshakeException: PKIX path building failed}}]")
                        .remedy())
                .startsWith("Java does not trust the server's certificate.");
    }

    private static int freePort() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void aWrongPassword() {
        MongoCredential credential = MongoCredential.createCredential("jo", "admin", "secret".toCharArray());
        MongoCommandException refused = refusal(18, "Authentication failed.");

        MigrationException failure = MongoErrors.ofConnection(
                new MongoSecurityException(credential, "Exception authenticating " + credential, refused));

        assertThat(failure)
                .hasMessageStartingWith("MongoDB does not let user 'jo' in: Authentication failed.")
                .hasMessageContaining("authSource")
                .message()
                .doesNotContain("secret");
    }

    private static MongoCommandException refusal(int code, String text) {
        return new MongoCommandException(
                BsonDocument.parse("{ok: 0, code: " + code + ", errmsg: '" + text + "'}"), new ServerAddress());
    }

    @Test
    void aSecondary() {
        MongoNotPrimaryException error =
                new MongoNotPrimaryException(BsonDocument.parse("{errmsg: 'not primary'}"), new ServerAddress());

        assertThat(HistoryErrors.of(collections(), error))
                .isInstanceOf(DatabaseUnavailable.class)
                .hasMessageStartingWith("This server of MongoDB takes no writes")
                .hasMessageContaining("replicaSet=<name>");
    }

    @Test
    void missingRights() {
        assertThat(HistoryErrors.of(collections(), refusal(13, "not authorized on shop to execute command")))
                .isInstanceOf(HistoryUnusable.class)
                .hasMessageStartingWith("The database user may not use the history "
                        + collections().name() + ": not authorized on shop")
                .hasMessageContaining("db.grantRolesToUser(\"<user>\", [{ role: \"readWrite\", db: \""
                        + mongo.databaseName() + "\" }])");
    }

    @Test
    void missingRightsInAtlas() {
        assertThat(HistoryErrors.of(
                        collections(),
                        refusal(8000, "user is not allowed to do action [insert] on [shop.migration_history]")))
                .isInstanceOf(HistoryUnusable.class)
                .hasMessageContaining("may not use the history")
                .hasMessageContaining("In Atlas, under Database Access");
    }

    @Test
    void aReplicaSetThatWasNeverInitiated() {
        assertThat(MongoErrors.ofConnection(new MongoTimeoutException(
                        "Timed out while waiting for a server. Client view of cluster state is {type=REPLICA_SET,"
                                + " servers=[{address=localhost:27017, type=REPLICA_SET_GHOST, state=CONNECTED}]")))
                .isInstanceOf(DatabaseUnavailable.class)
                .hasMessageContaining("rs.initiate()");
    }

    @Test
    void aConnectionThatDoesNotWaitAsLongAsAnIndexTakes() {
        MongoSocketReadTimeoutException timeout = new MongoSocketReadTimeoutException(
                "Timeout while receiving message", new ServerAddress(), new SocketTimeoutException("Read timed out"));

        assertThat(MongoErrors.leavesOpenWhatHappened(timeout)).isTrue();
        assertThat(MongoErrors.ofConnection(timeout))
                .hasMessageStartingWith("MongoDB took longer to answer than the connection string allows: Timeout")
                .hasMessageContaining("'socketTimeoutMS'");
    }

    @Test
    void whatSpeaksAsMongoDbAndIsNone() {
        assertThat(ServerVendor.other("shop.cluster-c1.eu-west-2.docdb.amazonaws.com"))
                .hasValue("Amazon DocumentDB");
        assertThat(ServerVendor.other("shop.mongocluster.cosmos.azure.com")).hasValue("Azure Cosmos DB");
        assertThat(ServerVendor.other("shop.ab1cd.mongodb.net")).isEmpty();
        assertThat(HistoryErrors.of(collections(), refusal(303, "Feature not supported: $$NOW")))
                .hasMessageContaining("cannot be used: Feature not supported: $$NOW")
                .hasMessageContaining("See the server's log for more.");
    }

    /** In writeErrors, as mongos answers when a shard's primary goes. */
    @Test
    void mongosDoesNotSayWhetherAShardDidAWrite() {
        ServerAddress mongos = new ServerAddress();
        BulkWriteError stepsDown = new BulkWriteError(189, "Primary stepped down", new BsonDocument(), 0);
        BulkWriteError refused = new BulkWriteError(121, "Document failed validation", new BsonDocument(), 0);

        assertThat(MongoErrors.leavesOpenWhatHappened(bulk(stepsDown))).isTrue();
        assertThat(MongoErrors.leavesOpenWhatHappened(bulk(refused))).isFalse();
        assertThat(MongoErrors.leavesOpenWhatHappened(
                        new MongoWriteException(new WriteError(89, "timeout", new BsonDocument()), mongos, Set.of())))
                .isTrue();
        assertThat(MongoErrors.leavesOpenWhatHappened(refusal(6, "Error connecting to shard-1:27018")))
                .isTrue();
    }

    private static MongoBulkWriteException bulk(BulkWriteError error) {
        return new MongoBulkWriteException(
                BulkWriteResult.acknowledged(0, 0, 0, 0, List.of(), List.of()),
                List.of(error),
                null,
                new ServerAddress(),
                Set.of());
    }

    @Test
    void aServerThatGoesInTheMiddleOfAStatement() {
        Files files = new Files()
                .with("001_a.js", "db.a.insertOne({ _id: 1, n: 1 });\ndb.a.updateOne({ _id: 1 }, { $inc: { n: 1 } });");
        // The driver sends it a second time.
        failNext(2, "update", "{errorCode: 91, namespace: '" + mongo.databaseName() + ".a'}");

        assertThat(failure(migrator(files)))
                .isInstanceOf(DatabaseUnavailable.class)
                .hasMessageContaining("What was finished stays.");
        migrator(files).migrate(Target.HEAD);

        assertThat(mongo.database().getCollection("a").find().first()).containsEntry("n", 2);
    }

    @Test
    void aStatementThatNoMajorityHasAcknowledgedIsInDoubtAndNotDoneTwice() {
        Files files = new Files()
                .with("001_a.js", "db.a.insertOne({ _id: 1, n: 1 });\ndb.a.updateOne({ _id: 1 }, { $set: { n: 2 } });");
        failNext(
                1,
                "update",
                "{writeConcernError: {code: 64, errmsg: 'waiting for replication timed out'}, namespace: '"
                        + mongo.databaseName() + ".a'}");

        assertThat(failure(migrator(files)))
                .isInstanceOf(DatabaseUnavailable.class)
                .hasMessageStartingWith("Most members of the replica set have not acknowledged a write");
        migrator(files).migrate(Target.HEAD);

        assertThat(mongo.database().getCollection("a").find().first()).containsEntry("n", 2);
    }

    @Test
    void aRefusalOfAtlasInAScript() {
        failNext(1, "collMod", "{errorCode: 8000}");

        assertThat(failure("db.createCollection('a');\ndb.runCommand({ collMod: 'a', validator: {} });\n"))
                .hasMessageContaining("(code 8000")
                .hasMessageContaining("In Atlas, under Database Access");
    }

    @Test
    void aCollectionOfThatNameWhichIsSomebodyElses() {
        mongo.database().getCollection("migration_history").insertOne(new Document("name", "001_initial"));

        MigrationException failure = failure(migrator(ONE));

        assertThat(failure)
                .isInstanceOf(HistoryUnusable.class)
                .hasMessageContaining(
                        mongo.databaseName() + ".migration_history is there, but it is not a migration history of ours")
                .hasMessageContaining("'mhras.migrations.mongodb.collection'");
        assertThat(mongo.database().listCollectionNames().into(new ArrayList<>()))
                .containsExactly("migration_history");
    }

    @Test
    void anEventOfANewerVersionIsNoReasonToFail() {
        migrator(ONE).migrate(Target.HEAD);
        mongo.database()
                .getCollection("migration_history")
                .updateMany(new Document(), Document.parse("{$set: {event: 'TELEPORTED'}}"));

        assertThat(failure(migrator(ONE))).isNull();
    }

    @Test
    void anErrorStopsTheScriptAndSaysSo() {
        MigrationException failure =
                failure("db.a.insertOne({ _id: 1 });\ndb.a.insertOne({ _id: 1 });\ndb.a.insertOne({ _id: 2 });\n");

        assertThat(failure)
                .hasMessageContaining("classpath:db/migration/001_script.js:2:")
                .hasMessageContaining("     2 | db.a.insertOne({ _id: 1 });\n       |      ^\n")
                .hasMessageContaining("(code 11000");
        assertThat(count("a")).isEqualTo(1);
        assertThat(events(migrator(ONE))).containsExactly("STARTED 001", "FAILED 001");
    }

    @Test
    void useIsRefusedInsteadOfDoingNothing() {
        assertThat(failure("use other\ndb.a.insertOne({ _id: 1 });\n"))
                .isInstanceOf(InvalidMigration.class)
                .hasMessageContaining("001_script.js:1:")
                .hasMessageContaining("getSiblingDB");
    }

    @Test
    void allScriptsAreReadBeforeTheFirstRuns() {
        Files files = ONE.with("002_b.js", "db.b.insertOne({ _id: 1 );\n");

        assertThat(failure(migrator(files)))
                .isInstanceOf(InvalidMigration.class)
                .hasMessageContaining("002_b.js:1:");

        assertThat(count("a")).isZero();
        assertThat(migrator(files).history()).isEmpty();
    }

    @Test
    void aCleanTakesWhatTheMigrationsMadeAndLeavesTheRest() {
        mongo.database().getCollection("theirs").insertOne(new Document());
        Files files = new Files()
                .with("001_a.js", "db.createCollection('a'); db.b.insertOne({}); db.theirs.insertOne({});")
                .with("002_c.js", "// migrate:transaction file\ndb.c.insertOne({});")
                .with("003_d.js", "db.d.insertOne({});")
                .with("003_d.down.js", "db.d.drop();");
        Migrator migrator = migrator(files).with(new MigratorSettings(OutOfOrder.FAIL, true));
        migrator.migrate(Target.HEAD);
        migrator.rollback(Target.parse("-1"));
        mongo.database().getCollection("d").insertOne(new Document("made", "by the service"));

        assertThat(migrator.planClean())
                .contains(
                        "collection " + mongo.databaseName() + ".a",
                        "collection " + mongo.databaseName() + ".b",
                        "collection " + mongo.databaseName() + ".c")
                .doesNotContain("collection " + mongo.databaseName() + ".d");
        migrator.clean();

        assertThat(mongo.database().listCollectionNames().into(new ArrayList<>()))
                .containsExactlyInAnyOrder("theirs", "d");
    }
}
