package io.mhras.migrations.mongodb.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.mongodb.MongoException;
import com.mongodb.client.ClientSession;
import com.mongodb.client.MongoClient;
import io.mhras.migrations.MigrationException;
import io.mhras.migrations.MigrationException.DatabaseUnavailable;
import io.mhras.migrations.MigrationException.ScriptFailed;
import io.mhras.migrations.Target;
import io.mhras.migrations.mongodb.MongoDriver;
import io.mhras.migrations.mongodb.MongoSettings;
import io.mhras.migrations.mongodb.MongoTest;
import io.mhras.migrations.mongodb.history.MigratingProcess;
import io.mhras.migrations.mongodb.lease.MongoLease;
import io.mhras.migrations.mongodb.server.TransactionEnd;
import io.mhras.migrations.testing.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.bson.BsonDocument;
import org.bson.BsonString;
import org.bson.Document;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Transactions that end by what is not in their script: what users are told, and what is tried again. */
class UndoneTransactionsTest extends MongoTest {

    private static final String FILE = "// migrate:transaction file\n";
    private static final String SCRIPT = FILE + "db.a.insertOne({ _id: 1 });\n";
    private static final int ATTEMPTS = 8;

    private void lifetime(int seconds) {
        mongo.set("transactionLifetimeLimitSeconds", seconds);
    }

    private MigrationException failureWith(int code) {
        mongo.fail(ATTEMPTS, code, "insert");
        return failure(SCRIPT);
    }

    @ParameterizedTest
    @CsvSource({"112", "24", "246", "251"})
    void isTriedAgain(int code) {
        mongo.fail(2, code, "insert");

        migrate(SCRIPT);

        assertThat(count("a")).isEqualTo(1);
        assertThat(events(migrator(new Files()))).containsExactly("APPLIED 001");
    }

    @Test
    void byAConflict() {
        assertThat(failureWith(112))
                .isInstanceOf(ScriptFailed.class)
                .hasMessageContaining("001_script.js failed; nothing of it was kept.")
                .hasMessageContaining("Others change the same documents: ")
                .hasMessageContaining("Tried 8 times.")
                .hasMessageContaining("Start again when there is less traffic");
        assertThat(count("a")).isZero();
    }

    @Test
    void byALock() {
        assertThat(failureWith(24))
                .hasMessageContaining(
                        "Another client keeps a collection of the script locked, to make an index for example: ")
                .hasMessageContaining("db.currentOp({ active: true })");
    }

    @Test
    void byACollectionThatChanged() {
        assertThat(failureWith(246))
                .hasMessageContaining("Others made or changed a collection, or an index, that the script uses: ")
                .hasMessageContaining("Start again when nothing else changes collections or indexes.");
    }

    @Test
    void byTheServer() {
        assertThat(failureWith(251))
                .hasMessageContaining("The server ended the transaction before its time: another primary was chosen")
                .hasMessageContaining("Look at the server's log, and start again.")
                .message()
                .doesNotContain("Others change");
    }

    @Test
    void whatCameTooLateForTheServerIsNotTriedAgain() {
        lifetime(1);

        assertThat(failure(FILE + "db.a.insertOne({ _id: 1 });\nsleep(1100);\ndb.a.insertOne({ _id: 2 });\n"))
                .isInstanceOf(ScriptFailed.class)
                .hasMessageContaining("It took longer than the server lets a transaction live: Transaction with {")
                .hasMessageFindingMatch("It ran for \\d+ s; the limit is 1 s\\.")
                .hasMessageContaining("Split the file; or take '// migrate:transaction file' out of the header")
                .hasMessageContaining("transactionLifetimeLimitSeconds: 300");
        assertThat(count("a")).isZero();
        assertThat(events(migrator(new Files()))).containsExactly("FAILED 001");
    }

    @Test
    void soIsAStatementAtWhichTheServerStoppedIt() {
        mongo.fail(1, 290, "insert");

        assertThat(failure(FILE + "try { db.a.insertOne({ _id: 1 }); } catch (e) {}\ndb.a.insertOne({ _id: 2 });\n"))
                .hasMessageContaining("It took longer than the server lets a transaction live");
    }

    @ParameterizedTest
    @CsvSource({"257, insert", "313, insert", "257, commitTransaction", "313, commitTransaction"})
    void whatIsTooLargeForATransactionIsToldAsThat(int code, String command) {
        mongo.fail(1, code, command);

        assertThat(failure(SCRIPT))
                .isInstanceOf(ScriptFailed.class)
                .hasMessageContaining("It changes more than the server keeps in one transaction: ")
                .hasMessageContaining("Split the file");
        assertThat(count("a")).isZero();
    }

    @Test
    void byAnotherPrimary() {
        mongo.fail(ATTEMPTS, 10107, "insert");

        assertThat(failure(SCRIPT))
                .isInstanceOf(DatabaseUnavailable.class)
                .hasMessageContaining("This server of MongoDB takes no writes");
    }

    @Test
    void theLimitIsTheUsualOneWhereTheUserMayNotAskForIt() {
        mongo.deny("getParameter");

        assertThat(TransactionSupport.lifetime(mongo.client())).isEqualTo(Duration.ofSeconds(60));
        MongoException ended = new MongoException(251, "ended");
        assertThat(TransactionEnd.of(ended, Duration.ofSeconds(60), Duration.ofSeconds(60)))
                .isEqualTo(TransactionEnd.OVER_TIME);
        assertThat(TransactionEnd.of(ended, Duration.ofSeconds(59), Duration.ofSeconds(60)))
                .isEqualTo(TransactionEnd.ENDED_BY_THE_SERVER);
    }

    @Test
    void whatIsNotKnownIsNotSaidToBeAConflict() {
        assertThat(TransactionEnd.of(new MongoException(4711, "odd"), Duration.ofSeconds(1), Duration.ofSeconds(60)))
                .isEqualTo(TransactionEnd.UNDONE);
        assertThat(TransactionEnd.of(
                        new MongoException(267, "prepared"), Duration.ofSeconds(1), Duration.ofSeconds(60)))
                .isEqualTo(TransactionEnd.OTHERS_CHANGED_DOCUMENTS);
    }

    @Test
    void aCheckThatIsInTheWayOfOthersIsTriedAgainWithItsScript() {
        Files files = new Files()
                .with("001_a.js", SCRIPT)
                .with("001_a.verify.js", "db.a.find({ _id: 1 }).toArray().length === 1");
        mongo.failOn(mongo.databaseName() + ".a", 2, 246, "find");

        migrator(files).migrate(Target.HEAD);

        assertThat(count("a")).isEqualTo(1);
    }

    @Test
    void aCheckThatCatchesAnErrorEndsTheTransactionAllTheSame() {
        Files files = new Files()
                .with("001_a.js", SCRIPT)
                .with("001_a.verify.js", "try { db.a.countDocuments({ $nosuch: 1 }); } catch (e) {}\ntrue");

        assertThat(failure(migrator(files)))
                .hasMessageContaining("001_a.verify.js failed")
                .hasMessageContaining("It caught an error, but a transaction ends with its first error");
        assertThat(count("a")).isZero();
    }

    @Test
    void aCheckThatFailsIsShownAtItsOwnPlace() {
        for (String header : new String[] {FILE, ""}) {
            Files files = new Files()
                    .with("001_a.js", header + "db.a.insertOne({});\n")
                    .with("001_a.verify.js", "\nthrow new Error('gone');");

            assertThat(failure(migrator(files)))
                    .hasMessageContaining("001_a.verify.js, the check, failed.")
                    .hasMessageContaining("001_a.verify.js:2:")
                    .hasMessageContaining("ERROR: Error: gone")
                    .hasMessageContaining("Correct the migration or its check, and start again.");
        }
    }

    @Test
    void theOneOfAProcessThatIsGoneIsEndedByTheNext() {
        List<Object> noted = new ArrayList<>();
        try (MongoClient client = during(
                "insert",
                "a",
                () -> noted.add(mongo.database()
                        .getCollection("migration_history_lock")
                        .distinct("step.session.id", UUID.class)
                        .first()))) {
            migrator(client, MongoSettings.DEFAULT, new Files().with("001_script.js", SCRIPT))
                    .migrate(Target.HEAD);
        }
        assertThat(noted).hasSize(1).doesNotContainNull();
        try (ClientSession gone = mongo.client().startSession()) {
            gone.startTransaction();
            mongo.database().getCollection("a").insertOne(gone, new Document("_id", 2));
            MongoLease lease = new MongoLease(collections(), Duration.ofSeconds(30));
            lease.tryAcquire(new MigratingProcess(4711, "jo", "billing", "node-1"));
            lease.renewFor(new BsonDocument("script", new BsonString("002_b.js"))
                    .append("session", gone.getServerSession().getIdentifier()));
            letTheLeaseRunOut();

            new MongoDriver(mongo.client(), mongo.databaseName(), MongoSettings.DEFAULT)
                    .open(activity -> {})
                    .close();

            MongoException ended = catchThrowableOfType(
                    MongoException.class,
                    () -> mongo.database().getCollection("a").insertOne(gone, new Document("_id", 3)));
            assertThat(ended.getCode()).isEqualTo(251);
        }
        assertThat(count("a")).isEqualTo(1);
    }
}
