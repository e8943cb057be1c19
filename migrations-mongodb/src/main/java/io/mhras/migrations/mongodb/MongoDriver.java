package io.mhras.migrations.mongodb;

import com.mongodb.MongoException;
import com.mongodb.client.MongoClient;
import io.mhras.migrations.DatabaseHealth;
import io.mhras.migrations.DatabaseKind;
import io.mhras.migrations.HistoryEntry;
import io.mhras.migrations.LockWait;
import io.mhras.migrations.Migration;
import io.mhras.migrations.MigrationActivity;
import io.mhras.migrations.MigrationDriver;
import io.mhras.migrations.MigrationException;
import io.mhras.migrations.MigrationPlan;
import io.mhras.migrations.MigrationPreview;
import io.mhras.migrations.MigrationSession;
import io.mhras.migrations.MigrationVersion;
import io.mhras.migrations.ScriptLanguage;
import io.mhras.migrations.TableReader;
import io.mhras.migrations.VerificationResult.Check;
import io.mhras.migrations.mongodb.health.MongoHealth;
import io.mhras.migrations.mongodb.history.HistoryCollections;
import io.mhras.migrations.mongodb.history.HistoryErrors;
import io.mhras.migrations.mongodb.history.MigratingProcess;
import io.mhras.migrations.mongodb.history.MongoCleaner;
import io.mhras.migrations.mongodb.history.MongoHistory;
import io.mhras.migrations.mongodb.history.MongoTableReader;
import io.mhras.migrations.mongodb.lease.LeaseKeeper;
import io.mhras.migrations.mongodb.lease.MongoActivity;
import io.mhras.migrations.mongodb.lease.MongoLease;
import io.mhras.migrations.mongodb.preview.ScriptPreviewer;
import io.mhras.migrations.mongodb.run.LaterVerification;
import io.mhras.migrations.mongodb.run.MongoSession;
import io.mhras.migrations.mongodb.server.MongoErrors;
import io.mhras.migrations.mongodb.shell.JavaScriptLanguage;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Predicate;

/** MongoDB: scripts for mongosh, run in this process. */
public final class MongoDriver implements MigrationDriver {

    private static final String OTHER_INSTANCE = "mongodb.other-instance-timeout";

    private final String name;
    private final MongoSettings settings;
    private final HistoryCollections collections;
    private final MongoHistory history;

    /**
     * A driver for the database that users know as {@code mongodb}.
     *
     * @param client leads to the server, as a user that may change the database; stays open
     * @param database where the history lives, and what {@code db} is in scripts
     */
    public MongoDriver(MongoClient client, String database, MongoSettings settings) {
        this(DatabaseKind.MONGODB.toString(), client, database, settings);
    }

    /** A driver for one of several databases, which users know by this name. */
    public MongoDriver(String name, MongoClient client, String database, MongoSettings settings) {
        this.name = name;
        this.settings = settings;
        this.collections = HistoryCollections.of(client, database, settings.collection());
        this.history = new MongoHistory(collections);
    }

    /** Why there is no connection, as users are told: for a client that could not even be made. */
    public static MigrationException unavailable(MongoException e) {
        return MongoErrors.ofConnection(e);
    }

    @Override
    public DatabaseKind kind() {
        return DatabaseKind.MONGODB;
    }

    @Override
    public String database() {
        return name;
    }

    @Override
    public MongoDriver named(String newName) {
        return new MongoDriver(
                newName, collections.client(), collections.database().getName(), settings);
    }

    @Override
    public Optional<HistoryEntry> newest() {
        return history.newest();
    }

    @Override
    public List<HistoryEntry> entries() {
        return history.entries();
    }

    @Override
    public Map<MigrationVersion, KeptScripts> scripts(Collection<MigrationVersion> versions) {
        return history.scripts(versions);
    }

    @Override
    public List<HistoryEntry> inDoubt() {
        return history.inDoubt();
    }

    @Override
    public String application() {
        return settings.application().equals(UNNAMED) ? "" : settings.application();
    }

    @Override
    public String historyOfItsOwn() {
        return HistoryErrors.historyOfItsOwn();
    }

    @Override
    public ScriptLanguage language() {
        return JavaScriptLanguage.MONGOSH;
    }

    @Override
    public Optional<MigrationActivity> activity() {
        return new MongoActivity(collections).read();
    }

    @Override
    public Optional<DatabaseHealth> health() {
        return Optional.of(MongoHealth.read(collections));
    }

    @Override
    public TableReader tables() {
        return new MongoTableReader(collections.database());
    }

    @Override
    public boolean isBlank() {
        try {
            return new MongoCleaner(collections).findsNothing();
        } catch (MongoException e) {
            throw HistoryErrors.of(collections, e);
        }
    }

    @Override
    public List<String> cleanable() {
        try {
            return new MongoCleaner(collections)
                    .find().stream().map(found -> "collection " + found).toList();
        } catch (MongoException e) {
            throw HistoryErrors.of(collections, e);
        }
    }

    @Override
    public void verify(List<Migration> migrations, Duration timeout, Consumer<Check> results) {
        try {
            new LaterVerification(collections, settings.limits(), timeout, results).run(migrations);
        } catch (MongoException e) {
            throw HistoryErrors.of(collections, e);
        }
    }

    @Override
    public MigrationPreview preview(MigrationPlan plan) {
        try {
            return ScriptPreviewer.of(plan, collections, settings.limits());
        } catch (MongoException e) {
            throw HistoryErrors.of(collections, e);
        }
    }

    @Override
    public Optional<MigrationSession> open(MigrationSession.Observer observer, Predicate<HistoryEntry> isDone) {
        // Before anything is written: a collection of that name may belong to someone else.
        history.newest();
        MigratingProcess holder = MigratingProcess.here(collections, settings.application());
        MongoLease lease = new MongoLease(collections, settings.lease());
        MongoActivity activity = new MongoActivity(collections);
        BooleanSupplier attempt = () -> lease.tryAcquire(holder);
        if (!attempt.getAsBoolean()
                && !new LockWait(collections.name(), activity::read, settings.otherInstance(), OTHER_INSTANCE)
                        .acquire(attempt, () -> history.newest().filter(isDone).isPresent())) {
            return Optional.empty();
        }
        LeaseKeeper keeper = new LeaseKeeper(lease, activity, observer);
        try {
            MongoSession session = new MongoSession(collections, lease, holder, keeper, observer, settings.limits());
            session.keepOpenNote();
            return Optional.of(session);
        } catch (RuntimeException e) {
            keeper.close();
            lease.release();
            throw e;
        }
    }
}
