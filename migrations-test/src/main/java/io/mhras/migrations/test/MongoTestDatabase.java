package io.mhras.migrations.test;

import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoDatabase;
import io.mhras.migrations.DatabaseKind;
import io.mhras.migrations.MigrationException.Refused;
import io.mhras.migrations.MigrationResult;
import io.mhras.migrations.Target;
import io.mhras.migrations.engine.Migrator;
import io.mhras.migrations.mongodb.MongoDriver;
import io.mhras.migrations.mongodb.MongoSettings;
import io.mhras.migrations.source.MigrationLoader;
import io.mhras.migrations.test.mongodb.MongoServer;
import java.util.List;
import java.util.Map;

/** A MongoDB database of a test, which is dropped after it. */
public final class MongoTestDatabase implements AutoCloseable {

    private final String name;
    private final MongoServer server;
    private final String databaseName = MongoServer.newName();
    private final Migrator migrator;
    private final Target target;

    private MongoTestDatabase(
            String name, MongoServer server, MigrationLoader loader, MongoSettings settings, Target target) {
        this.name = name;
        this.server = server;
        this.target = target;
        MongoDriver driver = name.isEmpty()
                ? new MongoDriver(server.client(), databaseName, settings)
                : new MongoDriver(name, server.client(), databaseName, settings);
        this.migrator = new Migrator(driver, loader::load);
        migrate();
    }

    /** A database with everything applied. */
    static MongoTestDatabase of(Class<?> test, DatabaseRequest request) {
        return of(
                test,
                request.name(),
                request.locationsOrUsual(),
                request.placeholders(),
                MongoSettings.DEFAULT,
                Target.HEAD);
    }

    /** A database with everything up to the target applied. */
    public static MongoTestDatabase of(
            Class<?> test,
            String name,
            List<String> locations,
            Map<String, String> placeholders,
            MongoSettings settings,
            Target target) {
        MigrationLoader loader =
                new MigrationLoader(locations, DatabaseKind.MONGODB, placeholders, classLoaderOf(test));
        if (!loader.hasFiles()) {
            throw new Refused(
                    "There are no migrations for MongoDB in " + String.join(", ", locations) + ".",
                    "Put them there, or name their folder: @MigratedDatabase(locations = \"classpath:db/...\").");
        }
        return new MongoTestDatabase(name, MongoServer.of(classLoaderOf(test)), loader, settings, target);
    }

    private static ClassLoader classLoaderOf(Class<?> test) {
        ClassLoader own = test.getClassLoader();
        return own == null ? ClassLoader.getSystemClassLoader() : own;
    }

    private void migrate() {
        try {
            migrator.migrate(target);
        } catch (RuntimeException e) {
            close();
            throw e;
        }
    }

    /** The name by which the test calls it; empty for the only one. */
    public String name() {
        return name;
    }

    /** The connection string, with the database in it. */
    public String uri() {
        return server.uriOf(databaseName);
    }

    /** A client of its server. */
    public MongoClient client() {
        return server.client();
    }

    /** The database. */
    public MongoDatabase database() {
        return server.client().getDatabase(databaseName);
    }

    /** What migrates it. */
    public Migrator migrator() {
        return migrator;
    }

    /** Applies everything that is pending. */
    public MigrationResult upgrade() {
        return migrator.migrate(Target.HEAD);
    }

    /** Applies everything up to a version. */
    public MigrationResult upgradeTo(String version) {
        return migrator.migrate(Target.parse(version));
    }

    /** Takes back, with their down scripts, all migrations after a version; {@code base} for all. */
    public MigrationResult rollbackTo(String version) {
        return migrator.rollback(Target.parse(version));
    }

    /** Drops what is in it, and migrates it again. */
    public void reset() {
        database().drop();
        migrate();
    }

    /** Drops it. */
    @Override
    public void close() {
        database().drop();
    }
}
