package io.mhras.migrations.mongodb.lease;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.mongodb.client.MongoClient;
import io.mhras.migrations.LockWait;
import io.mhras.migrations.MigrationActivity;
import io.mhras.migrations.MigrationDriver;
import io.mhras.migrations.MigrationException.DatabaseUnavailable;
import io.mhras.migrations.MigrationException.TimedOut;
import io.mhras.migrations.MigrationPrinter;
import io.mhras.migrations.MigrationSession;
import io.mhras.migrations.Target;
import io.mhras.migrations.mongodb.MongoDriver;
import io.mhras.migrations.mongodb.MongoSettings;
import io.mhras.migrations.mongodb.MongoTest;
import io.mhras.migrations.mongodb.history.MigratingProcess;
import io.mhras.migrations.mongodb.server.IndexBuild;
import io.mhras.migrations.testing.Files;
import io.mhras.migrations.testing.LogCapture;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.bson.BsonDocument;
import org.bson.BsonInt32;
import org.bson.BsonString;
import org.bson.Document;
import org.junit.jupiter.api.Test;

class MongoLeaseTest extends MongoTest {

    private static final MigratingProcess HOLDER = new MigratingProcess(4711, "jo", "billing", "node-1");

    private static final String LATE =
            "{writeConcernError: {code: 64, codeName: 'WriteConcernTimeout', errmsg: 'waiting for replication timed"
                    + " out'}}";

    private MongoLease lease() {
        return new MongoLease(collections(), Duration.ofSeconds(30));
    }

    private static BsonDocument step(int number) {
        return new BsonDocument("n", new BsonInt32(number))
                .append("script", new BsonString("001_a.js"))
                .append("operation", new BsonString("updateMany"))
                .append("namespace", new BsonString("shop.orders"))
                .append("line", new BsonInt32(12));
    }

    @Test
    void twelveThreadsAreNeverInsideAtOnceAndEachHolderHasAFenceOfItsOwn() throws Exception {
        AtomicInteger inside = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        Set<Long> fences = ConcurrentHashMap.newKeySet();
        List<Callable<Void>> work = new ArrayList<>();
        for (int i = 0; i < 12; i++) {
            work.add(() -> {
                for (int n = 0; n < 10; n++) {
                    MongoLease lease = lease();
                    new LockWait("history", Optional::empty, Duration.ZERO, "limit")
                            .acquire(() -> lease.tryAcquire(HOLDER), () -> false);
                    most.accumulateAndGet(inside.incrementAndGet(), Math::max);
                    fences.add(lease.fence());
                    lease.renewFor(step(n));
                    inside.decrementAndGet();
                    lease.release();
                }
                return null;
            });
        }
        ExecutorService pool = Executors.newFixedThreadPool(12);
        try {
            for (Future<Void> future : pool.invokeAll(work)) {
                future.get();
            }
        } finally {
            pool.shutdownNow();
        }

        assertThat(most).hasValue(1);
        assertThat(fences).hasSize(120);
    }

    @Test
    void aLeaseThatAnotherHasTakenOverIsNotThrownAway() {
        MongoLease zombie = lease();
        zombie.tryAcquire(HOLDER);
        letTheLeaseRunOut();
        MongoLease other = lease();
        other.tryAcquire(HOLDER);

        zombie.discard();
        other.renew();

        other.discard();
        assertThat(mongo.database().listCollectionNames()).doesNotContain("migration_history_lock");
    }

    @Test
    void aZombieIsStoppedBeforeItsNextWrite() {
        MongoLease zombie = lease();
        assertThat(zombie.tryAcquire(HOLDER)).isTrue();
        MongoLease other = lease();
        assertThat(other.tryAcquire(HOLDER)).isFalse();

        letTheLeaseRunOut();

        assertThat(other.tryAcquire(HOLDER)).isTrue();
        assertThat(other.fence()).isGreaterThan(zombie.fence());
        assertThatThrownBy(() -> zombie.renewFor(step(2)))
                .isInstanceOf(DatabaseUnavailable.class)
                .hasMessageStartingWith("The migration lock of " + collections().name() + " was lost")
                .hasMessageContaining("another process has taken it over, as it can once it was not renewed for 30 s.")
                .hasMessageContaining("It stopped before its next write.")
                .hasMessageContaining("'mhras.migrations.mongodb.lease'");
        other.renewFor(step(1));
    }

    @Test
    void aLockThatIsGoneIsNotSaidToHaveRunOut() {
        MongoLease lease = lease();
        lease.tryAcquire(HOLDER);
        mongo.database().getCollection("migration_history_lock").drop();

        assertThatThrownBy(() -> lease.renewFor(step(1)))
                .isInstanceOf(DatabaseUnavailable.class)
                .hasMessageStartingWith("The migration lock of " + collections().name()
                        + " is gone: someone deleted its document, or dropped " + mongo.databaseName()
                        + ".migration_history_lock, while this process held it.")
                .hasMessageContaining("Find out what empties the database while migrations run")
                .message()
                .doesNotContain("30 s")
                .doesNotContain("lease'");
    }

    @Test
    void aProcessThatWasAwayForLongGoesOnIfNobodyTookOver() {
        MongoLease lease = lease();
        lease.tryAcquire(HOLDER);
        letTheLeaseRunOut();

        lease.renewFor(step(1));

        assertThat(lease().tryAcquire(HOLDER)).isFalse();
    }

    @Test
    void aMajorityThatLagsIsWaitedForAndTheLeaseIsRenewedMeanwhile() {
        MongoLease lease = lease();
        failNext(1, "update", LATE);
        assertThat(lease.tryAcquire(HOLDER)).isTrue();
        lease.release();
        failNext(2, "findAndModify", LATE);
        assertThat(lease.tryAcquire(HOLDER)).isTrue();
        failNext(5, "findAndModify", LATE);
        lease.renewFor(step(1));
        assertThat(lease().tryAcquire(HOLDER)).isFalse();
    }

    @Test
    void aMajorityThatIsNotThereIsSaidSo() {
        failNext(6, "findAndModify", LATE);

        assertThatThrownBy(() -> lease().tryAcquire(HOLDER))
                .isInstanceOf(DatabaseUnavailable.class)
                .hasMessageStartingWith("Most members of the replica set have not acknowledged a write: ")
                .hasMessageContaining("waiting for replication timed out")
                .hasMessageContaining("rs.status()");
    }

    @Test
    void whoMayNotAskForItsNameIsUnknown() {
        failNext(1, "connectionStatus", "{errorCode: 323}");

        assertThat(MigratingProcess.here(collections(), "billing").user()).isEqualTo("unknown");
    }

    @Test
    void onlyTheServersClockCounts() {
        MongoLease lease = lease();
        lease.tryAcquire(HOLDER);

        // What a client writes by its own clock would be in the document; there are only times of the server.
        Document document =
                mongo.database().getCollection("migration_history_lock").find().first();
        assertThat(document).containsKeys("renewedAt", "acquiredAt", "leaseMs");
        assertThat(document).doesNotContainKeys("leaseUntil", "expiresAt");
    }

    @Test
    void aSessionRenewsItsLeaseWhileASingleStatementTakesLonger() throws Exception {
        MongoSettings settings = MongoSettings.DEFAULT.with(Duration.ofSeconds(1), Duration.ZERO);
        MongoDriver driver = new MongoDriver(mongo.client(), mongo.databaseName(), settings);
        CompletableFuture<Void> other;
        try (MigrationSession session = driver.open(activity -> {})) {
            other = CompletableFuture.runAsync(() -> driver.open(activity -> {}).close());
            // Three times as long as the lease.
            assertThatThrownBy(() -> other.get(3, TimeUnit.SECONDS))
                    .isInstanceOf(java.util.concurrent.TimeoutException.class);
            assertThat(session.newest()).isEmpty();
        }
        other.get(30, TimeUnit.SECONDS);
    }

    @Test
    void whoWaitsSaysForWhomAndForWhatAndGivesUpWhenToldTo() throws Exception {
        MongoLease lease = lease();
        lease.tryAcquire(HOLDER);
        lease.renewFor(step(7));
        MongoSettings settings = MongoSettings.DEFAULT.with(Duration.ofSeconds(30), Duration.ofMillis(1200));
        MongoDriver driver = new MongoDriver(mongo.client(), mongo.databaseName(), settings);

        try (LogCapture log = LogCapture.of(MigrationDriver.LOCK_LOG)) {
            assertThatThrownBy(() -> driver.open(activity -> {}))
                    .isInstanceOf(TimedOut.class)
                    .hasMessageContaining(
                            "for the migration lock of " + collections().name() + "; nothing was done.")
                    .hasMessageContaining("It is held by process 4711 (user jo, application 'billing', from node-1)")
                    .hasMessageContaining("It runs 001_a.js, statement 7")
                    .hasMessageContaining("line 12, updateMany shop.orders")
                    .hasMessageContaining("'mhras.migrations.mongodb.other-instance-timeout'");
            assertThat(log.lines()).anyMatch(line -> line.contains("It is held by process 4711"));
        }
    }

    @Test
    void anybodySeesWhatTheHolderDoes() {
        MongoDriver driver = new MongoDriver(mongo.client(), mongo.databaseName(), MongoSettings.DEFAULT);
        assertThat(driver.activity()).isEmpty();
        MongoLease lease = lease();
        lease.tryAcquire(HOLDER);
        assertThat(driver.activity())
                .get()
                .extracting(MigrationActivity::script)
                .isEqualTo("");

        lease.renewFor(step(7));

        MigrationActivity activity = driver.activity().orElseThrow();
        assertThat(activity.script()).isEqualTo("001_a.js");
        assertThat(activity.statement()).isEqualTo(7);
        assertThat(activity.sql()).isEqualTo("line 12, updateMany shop.orders");
        assertThat(activity.elapsed()).isBetween(Duration.ZERO, Duration.ofMinutes(1));
        assertThat(activity.session().application()).isEqualTo("billing");
        lease.release();
        assertThat(driver.activity()).isEmpty();
    }

    @Test
    void whatIsDoneBeforeTheFirstWriteIsSeenToo() {
        List<String> seen = new ArrayList<>();
        MongoDriver driver = new MongoDriver(mongo.client(), mongo.databaseName(), MongoSettings.DEFAULT);
        try (MongoClient client = during(
                "find",
                "a",
                () -> driver.activity().map(MigrationPrinter::activity).ifPresent(seen::add))) {
            migrator(client, MongoSettings.DEFAULT, new Files().with("001_a.js", "db.a.find().toArray();"))
                    .migrate(Target.HEAD);
        }
        MongoLease lease = lease();
        lease.tryAcquire(HOLDER);
        lease.renewFor(new BsonDocument(MongoActivity.PHASE, new BsonString("the JavaScript engine is loading")));
        driver.activity().map(MigrationPrinter::activity).ifPresent(seen::add);

        assertThat(seen).hasSize(2);
        assertThat(seen.get(0)).startsWith("001_a.js, for ");
        assertThat(seen.get(1)).startsWith("no script yet, for ").endsWith("; the JavaScript engine is loading");
    }

    /** index_builds_coordinator.cpp, updateCurOpOpDescription: before 5.0 without the namespace. From a published output. */
    @Test
    void theServersThreadThatBuildsAnIndexNamesTheCollectionOnly() {
        BsonDocument operation = BsonDocument.parse("""
            {type: 'op', desc: 'IndexBuildsCoordinatorMongod-0', active: true, opid: 1812446, op: 'command', ns: '',
             command: {createIndexes: 'orders', indexes: [{v: 2, key: {status: 1}, name: 'status_1'}]},
             msg: 'Index Build: scanning collection Index Build: scanning collection: 2315996/5126153 45%',
             progress: {done: 2315998, total: 5126153}}\
            """);

        assertThat(IndexBuild.of(operation, "shop.orders"))
                .extracting(IndexBuild::phase)
                .isEqualTo("index build: scanning collection");
        assertThat(IndexBuild.of(operation, "shop.other")).isNull();
    }

    @Test
    void theServersWordsOnAnIndexAreUnderstood() {
        BsonDocument operation = BsonDocument.parse("""
            {type: 'op', ns: 'shop.orders', command: {createIndexes: 'orders'},
             msg: 'Index Build: scanning collection Index Build: scanning collection: 940/1000 94%',
             progress: {done: {$numberLong: '940'}, total: {$numberLong: '1000'}}}\
            """);

        assertThat(IndexBuild.of(operation, "shop.orders"))
                .isEqualTo(new IndexBuild("index build: scanning collection", 94.0));
        assertThat(IndexBuild.of(operation, "shop.other")).isNull();
        assertThat(IndexBuild.of(new BsonDocument("ns", new BsonString("shop.orders")), "shop.orders"))
                .isNull();
    }
}
