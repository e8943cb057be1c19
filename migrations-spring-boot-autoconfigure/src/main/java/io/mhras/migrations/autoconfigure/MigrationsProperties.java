package io.mhras.migrations.autoconfigure;

import io.mhras.migrations.DatabaseKind;
import io.mhras.migrations.Target;
import io.mhras.migrations.engine.Adopt;
import io.mhras.migrations.engine.MigratorSettings;
import io.mhras.migrations.engine.MigratorSettings.OutOfOrder;
import io.mhras.migrations.engine.UndeclaredPlaceholders;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * The settings under {@code mhras.migrations}. An IDE shows what stands here.
 *
 * @param enabled Whether there are migrations at all: with false, nothing runs and nothing is shown.
 * @param mode What to do about the migrations when the service starts.
 * @param waitTimeout How long mode "wait" waits for another process to apply the migrations.
 * @param connectTimeout How long a start tries to reach a database that is not up yet; 0 for one attempt. In mode
 *     "wait" it is what is left of wait-timeout.
 * @param onShutdown What a signal to end the process does to a run that is under way.
 * @param locations Where the migration files are: "classpath:" or "filesystem:" folders, searched with all that is
 *     below them.
 * @param target What is to be applied: head for everything, +n for the next n, or everything up to a version.
 * @param outOfOrder What to do with a migration that was never applied although a newer one was.
 * @param placeholders What to write in place of which ${name} in the migration files; any other ${...} is left as it
 *     is.
 * @param undeclaredPlaceholders What to do about a ${name} in SQL that has no value and is left as it is.
 * @param cleanEnabled Whether Migrator.clean() may drop everything in the database.
 * @param adopt What another tool's history means where the history here is empty. With "none" it is left alone, and all
 *     files run. Default is to refuse the start.
 * @param verify When the checks of what is applied run again: never, or at each start, which fails if one does not hold.
 * @param verifyTimeout How long a statement of a check may run then, and on request of the endpoint; 0 for no limit.
 * @param drift What to do about a PostgreSQL database whose structure something else has changed since the newest run: nothing,
 *     a warning in log and health, or health DOWN. It is compared after the start; this needs io.mhras:migrations-schema.
 * @param postgresql The PostgreSQL side.
 * @param mongodb The MongoDB side.
 * @param databases Further databases, each under the name by which log, endpoint and metrics are to call it.
 */
@ConfigurationProperties("mhras.migrations")
public record MigrationsProperties(
        @DefaultValue("true") boolean enabled,
        @DefaultValue("apply") MigrationMode mode,
        @DefaultValue("10m") Duration waitTimeout,
        @DefaultValue("0s") Duration connectTimeout,
        @DefaultValue("finish") OnShutdown onShutdown,
        @DefaultValue(DEFAULT_LOCATION) List<String> locations,
        @DefaultValue("head") String target,
        @DefaultValue("fail") OutOfOrder outOfOrder,
        @DefaultValue Map<String, String> placeholders,
        @DefaultValue("warn") UndeclaredPlaceholders undeclaredPlaceholders,
        @DefaultValue("false") boolean cleanEnabled,
        @Nullable String adopt,
        @DefaultValue("none") Verify verify,
        @DefaultValue("30s") Duration verifyTimeout,
        @DefaultValue("none") Drift drift,
        @DefaultValue Postgresql postgresql,
        @DefaultValue Mongodb mongodb,
        @DefaultValue Map<String, Database> databases) {

    static final String PREFIX = "mhras.migrations";
    public static final String DEFAULT_LOCATION = "classpath:db/migration";

    /** What a signal to end the process does to a run that is under way. */
    public enum OnShutdown {
        /** The transaction, part or batch at hand is finished; what takes longer than 10 s is cancelled. */
        FINISH,
        /** What runs is cancelled on the server, and rolled back. */
        CANCEL
    }

    /** When the checks of what is applied run again. */
    public enum Verify {
        /** When somebody asks for it. */
        NONE,
        /** At each start, before the service serves; it fails if one does not hold. */
        STARTUP
    }

    /** What to do about a database whose structure something else has changed. */
    public enum Drift {
        /** Nothing: the structure is neither recorded nor compared. */
        NONE,
        /** A warning in the log, and a word in the health. */
        WARN,
        /** The same, and the health is DOWN. */
        FAIL
    }

    /** Up to where this database is to be brought: its own target, if there is one. */
    public Target target(String database) {
        Database named = databases.get(database);
        String own = named == null
                ? DatabaseKind.named(database).map(this::targetOfItsOwn).orElse(null)
                : named.target();
        return Target.parse(own == null ? target : own);
    }

    private @Nullable String targetOfItsOwn(DatabaseKind kind) {
        return switch (kind) {
            case POSTGRESQL -> postgresql.target();
            case MONGODB -> mongodb.target();
        };
    }

    /** How long a start tries to reach a database that is not up yet. */
    Duration patience() {
        return mode == MigrationMode.WAIT && waitTimeout.compareTo(connectTimeout) > 0 ? waitTimeout : connectTimeout;
    }

    /** How this database's migrator decides. */
    MigratorSettings settings(String database) {
        Database named = databases.get(database);
        return new MigratorSettings(
                named == null || named.outOfOrder() == null ? outOfOrder : named.outOfOrder(),
                named == null || named.cleanEnabled() == null ? cleanEnabled : named.cleanEnabled(),
                named == null || named.undeclaredPlaceholders() == null
                        ? undeclaredPlaceholders
                        : named.undeclaredPlaceholders(),
                Adopt.parse(named == null || named.adopt() == null ? adopt : named.adopt()));
    }

    /** Where this database's files are. */
    public List<String> locations(String database) {
        Database named = databases.get(database);
        return named == null ? locations : named.locations(database, locations);
    }

    /**
     * The settings under {@code mhras.migrations.postgresql}.
     *
     * @param url JDBC URL for the migrations alone, for example past a connection pooler. Default is the service's own
     *     DataSource.
     * @param username User that runs the migrations, if it is not the service's own.
     * @param password That user's password.
     * @param schema Schema where the history lives and where scripts create their objects; it is made when missing.
     *     Default is the connection's own.
     * @param table Name of the history table.
     * @param lockTimeout How long a statement of a migration may wait for a lock; 0 for no limit.
     * @param statementTimeout How long a statement of a migration may run; 0 for what the connection has set.
     * @param otherInstanceTimeout How long to wait for another instance that migrates; 0 for as long as it lives.
     * @param retry How to go on when others hold the locks that a migration needs.
     * @param target What is to be applied to PostgreSQL, if that is not mhras.migrations.target.
     */
    public record Postgresql(
            @Nullable String url,
            @Nullable String username,
            @Nullable String password,
            @Nullable String schema,
            @DefaultValue("migration_history") String table,
            @DefaultValue("2s") Duration lockTimeout,
            @DefaultValue("0s") Duration statementTimeout,
            @DefaultValue("0s") Duration otherInstanceTimeout,
            @DefaultValue Retry retry,
            @Nullable String target) {

        /** Without URL and password, both of which can be secret. */
        @Override
        public String toString() {
            return "Postgresql[username=" + username + ", schema=" + schema + ", table=" + table + ", lockTimeout="
                    + lockTimeout + ", statementTimeout=" + statementTimeout + ", otherInstanceTimeout="
                    + otherInstanceTimeout + ", retry=" + retry + ", target=" + target + "]";
        }
    }

    /**
     * The settings under {@code mhras.migrations.postgresql.retry}.
     *
     * @param limit How long a migration that gets no lock within lock-timeout is tried again; 0 for not at all.
     * @param firstPause How long the first pause between two attempts is; each is about twice as long as the one before.
     * @param longestPause How long a pause between two attempts may become.
     */
    public record Retry(
            @DefaultValue("10m") Duration limit,
            @DefaultValue("500ms") Duration firstPause,
            @DefaultValue("1m") Duration longestPause) {}

    /**
     * The settings under {@code mhras.migrations.mongodb}.
     *
     * @param uri Connection string for the migrations alone, for example with an own user. Default is the service's own
     *     MongoClient.
     * @param database Name of the database that is migrated. Default is that of the connection string.
     * @param collection Name of the collection that holds the history.
     * @param lease For how long an instance holds the lock without saying that it is alive.
     * @param otherInstanceTimeout How long to wait for another instance that migrates; 0 for as long as it lives.
     * @param script What a script may use.
     * @param target What is to be applied to MongoDB, if that is not mhras.migrations.target.
     */
    public record Mongodb(
            @Nullable String uri,
            @Nullable String database,
            @DefaultValue("migration_history") String collection,
            @DefaultValue("30s") Duration lease,
            @DefaultValue("0s") Duration otherInstanceTimeout,
            @DefaultValue Script script,
            @Nullable String target) {

        /** Without the connection string, which can have a password in it. */
        @Override
        public String toString() {
            return "Mongodb[database=" + database + ", collection=" + collection + ", lease=" + lease
                    + ", otherInstanceTimeout=" + otherInstanceTimeout + ", script=" + script + ", target=" + target
                    + "]";
        }
    }

    /**
     * The settings under {@code mhras.migrations.mongodb.script}.
     *
     * @param timeout How long a script may compute; the server's time does not count; 0 for no limit.
     * @param statements How many steps of JavaScript a script may take; 0 for no limit.
     * @param memory By how much the heap may grow while a script runs; 0 for no limit.
     */
    public record Script(
            @DefaultValue("5m") Duration timeout,
            @DefaultValue("0") long statements,
            @DefaultValue("512MB") DataSize memory) {}

    /**
     * The settings under {@code mhras.migrations.databases.<name>}: those of its kind, and these.
     *
     * @param kind Which kind of database it is. Default is mongodb for one with a uri or a client, else postgresql.
     * @param dataSource Name of the DataSource bean that leads to it. Default is the url, or the service's own DataSource.
     * @param client Name of the MongoClient bean that leads to it. Default is the uri, or the service's own MongoClient.
     * @param locations Where its migration files are. Default is "classpath:db/<name>".
     * @param target What is to be applied to it, if that is not mhras.migrations.target.
     * @param outOfOrder What to do with its late migrations, if that is not mhras.migrations.out-of-order.
     * @param undeclaredPlaceholders What to do about a ${name} without a value, if that is not
     *     mhras.migrations.undeclared-placeholders.
     * @param cleanEnabled Whether Migrator.clean() may drop everything in it, if that is not mhras.migrations.clean-enabled.
     * @param adopt What another tool's history in it means, if that is not mhras.migrations.adopt.
     * @param placeholders What to write in place of which ${name} in its files, beside mhras.migrations.placeholders.
     * @param url As mhras.migrations.postgresql.url.
     * @param username As mhras.migrations.postgresql.username.
     * @param password As mhras.migrations.postgresql.password.
     * @param schema As mhras.migrations.postgresql.schema.
     * @param table As mhras.migrations.postgresql.table.
     * @param lockTimeout As mhras.migrations.postgresql.lock-timeout.
     * @param statementTimeout As mhras.migrations.postgresql.statement-timeout.
     * @param otherInstanceTimeout How long to wait for another instance that migrates it; 0 for as long as it lives.
     * @param retry As mhras.migrations.postgresql.retry.
     * @param uri As mhras.migrations.mongodb.uri.
     * @param database As mhras.migrations.mongodb.database.
     * @param collection As mhras.migrations.mongodb.collection.
     * @param lease As mhras.migrations.mongodb.lease.
     * @param script As mhras.migrations.mongodb.script.
     */
    public record Database(
            @Nullable DatabaseKind kind,
            @Nullable String dataSource,
            @Nullable String client,
            @Nullable List<String> locations,
            @Nullable String target,
            @Nullable OutOfOrder outOfOrder,
            @Nullable UndeclaredPlaceholders undeclaredPlaceholders,
            @Nullable Boolean cleanEnabled,
            @Nullable String adopt,
            @DefaultValue Map<String, String> placeholders,
            @Nullable String url,
            @Nullable String username,
            @Nullable String password,
            @Nullable String schema,
            @DefaultValue("migration_history") String table,
            @DefaultValue("2s") Duration lockTimeout,
            @DefaultValue("0s") Duration statementTimeout,
            @DefaultValue("0s") Duration otherInstanceTimeout,
            @DefaultValue Retry retry,
            @Nullable String uri,
            @Nullable String database,
            @DefaultValue("migration_history") String collection,
            @DefaultValue("30s") Duration lease,
            @DefaultValue Script script) {

        /** What it says, or what follows from the rest. */
        public DatabaseKind kind(String name) {
            DatabaseKind implied = uri != null || client != null ? DatabaseKind.MONGODB : DatabaseKind.POSTGRESQL;
            return kind == null ? DatabaseKind.named(name).orElse(implied) : kind;
        }

        List<String> locations(String name, List<String> general) {
            if (locations != null) {
                return locations;
            }
            return DatabaseKind.named(name).isPresent() ? general : List.of("classpath:db/" + name);
        }

        /** Those of PostgreSQL among them. */
        public Postgresql postgresql() {
            return new Postgresql(
                    url,
                    username,
                    password,
                    schema,
                    table,
                    lockTimeout,
                    statementTimeout,
                    otherInstanceTimeout,
                    retry,
                    target);
        }

        /** Those of MongoDB among them. */
        public Mongodb mongodb() {
            return new Mongodb(uri, database, collection, lease, otherInstanceTimeout, script, target);
        }

        /** Without what can be secret. */
        @Override
        public String toString() {
            return "Database[kind=" + kind + ", dataSource=" + dataSource + ", client=" + client + ", locations="
                    + locations + ", " + postgresql() + ", " + mongodb() + "]";
        }
    }
}
