package io.mhras.migrations.cli.connection;

import static com.mongodb.client.model.Filters.eq;

import com.mongodb.ConnectionString;
import com.mongodb.MongoClientSettings;
import com.mongodb.MongoConfigurationException;
import com.mongodb.MongoException;
import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import io.mhras.migrations.MigrationActivity;
import io.mhras.migrations.cli.terminal.Wording;
import io.mhras.migrations.mongodb.MongoDriver;
import io.mhras.migrations.mongodb.MongoSettings;
import io.mhras.migrations.schema.MongoSchema;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.bson.Document;
import org.jspecify.annotations.Nullable;

/**
 * A MongoDB database.
 *
 * @param application the application name of the client, which no other client has
 */
public record MongoConnection(
        MongoClient client, String database, String application, MongoSettings settings, MongoDriver driver)
        implements DatabaseConnection {

    private static final int NOT_AUTHORIZED = 13;
    private static final String NO_RIGHT =
            "the database user lacks the privileges inprog and killop on the cluster, which a mongos asks for (the"
                    + " roles clusterMonitor and hostManager have them).";

    // Long enough for a replica set to choose a primary; the driver's default of 30 s is long for a user who waits.
    private static final Duration SERVER_SELECTION = Duration.ofSeconds(10);

    static MongoConnection open(MongoAddress address, MongoSettings settings) {
        String database = Objects.requireNonNull(address.database());
        String application = "migrations " + ProcessHandle.current().pid() + " " + UUID.randomUUID();
        MongoClient client = MongoClients.create(clientSettings(address, application));
        return new MongoConnection(
                client, database, application, settings, new MongoDriver(client, database, settings));
    }

    private static MongoClientSettings clientSettings(MongoAddress address, String application) {
        ConnectionString uri;
        try {
            uri = new ConnectionString(address.connectionString());
        } catch (IllegalArgumentException e) {
            // The driver's text can have the password in it.
            throw MongoAddress.invalid(address.connectionString());
        } catch (MongoConfigurationException e) {
            throw MongoDriver.unavailable(e);
        }
        MongoClientSettings.Builder builder =
                MongoClientSettings.builder().applyConnectionString(uri).applicationName(application);
        if (uri.getServerSelectionTimeout() == null) {
            builder.applyToClusterSettings(
                    cluster -> cluster.serverSelectionTimeout(SERVER_SELECTION.toMillis(), TimeUnit.MILLISECONDS));
        }
        return builder.build();
    }

    @Override
    public String name() {
        // The engine reports why there is no connection.
        driver.newest();
        return database;
    }

    /** The database's collections, views and indexes. */
    public MongoSchema schema() {
        return new MongoSchema(client.getDatabase(database), settings.collection());
    }

    @Override
    public String lockEnd(MigrationActivity.Session holder) {
        Document lease = client.getDatabase(database)
                .getCollection(settings.collection() + "_lock")
                .find(eq("holder.process", holder.id()))
                .first();
        if (lease == null || lease.getDate("renewedAt") == null) {
            return "It was freed just now.";
        }
        Instant end = lease.getDate("renewedAt")
                .toInstant()
                .plusMillis(lease.get("leaseMs", Number.class).longValue());
        return "It is free at " + Wording.time(end) + " if that process is gone; as long as it lives it prolongs that.";
    }

    /** A statement of ours may go on for hours on the server; ending one's own needs no privilege, except on a mongos. */
    @Override
    public @Nullable Exception cancel() {
        try {
            for (Document operation : client.getDatabase("admin")
                    .aggregate(List.of(
                            new Document("$currentOp", new Document("allUsers", false)),
                            new Document(
                                    "$match",
                                    new Document("appName", application)
                                            .append("active", true)
                                            .append("ns", new Document("$not", new Document("$regex", "_lock$")))
                                            .append("command.aggregate", new Document("$ne", 1)))))) {
                client.getDatabase("admin").runCommand(new Document("killOp", 1).append("op", operation.get("opid")));
            }
            return null;
        } catch (MongoException e) {
            return e.getCode() == NOT_AUTHORIZED ? new IllegalStateException(NO_RIGHT, e) : e;
        }
    }

    /** Also after a cancellation, which leaves its interrupt: closing notifies the server. */
    @Override
    public void close() {
        boolean isInterrupted = Thread.interrupted();
        try {
            client.close();
        } finally {
            if (isInterrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /** Without the settings of the client, which have a password in them. */
    @Override
    public String toString() {
        return "MongoConnection[" + database + "]";
    }
}
