package io.mhras.migrations.test;

import io.mhras.migrations.DatabaseKind;
import io.mhras.migrations.Migration;
import io.mhras.migrations.MigrationBody;
import io.mhras.migrations.MigrationException.Refused;
import io.mhras.migrations.MigrationSet;
import io.mhras.migrations.Target;
import io.mhras.migrations.engine.Migrator;
import io.mhras.migrations.postgresql.PostgresDriver;
import io.mhras.migrations.postgresql.PostgresSettings;
import io.mhras.migrations.source.MigrationLoader;
import io.mhras.migrations.test.server.TestServers;
import io.mhras.migrations.test.template.DatabaseCopy;
import io.mhras.migrations.test.template.Templates;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * Migration files under test, and databases at any of their versions.
 *
 * <p>A test gets it as a parameter; the databases are dropped after the test. Without JUnit: {@link #in}, and {@link #close}.
 */
public final class Migrations implements AutoCloseable {

    private static final String USUAL = "classpath:db/migration";

    private final Class<?> test;
    private final String name;
    private final List<String> locations;
    private final Map<String, String> placeholders;
    private final PostgresSettings settings;
    private final Target target;
    private final List<TestDatabase> made = new CopyOnWriteArrayList<>();
    private @Nullable MigrationSet loaded;

    private Migrations(
            Class<?> test,
            String name,
            List<String> locations,
            Map<String, String> placeholders,
            PostgresSettings settings,
            Target target) {
        this.test = test;
        this.name = name;
        this.locations = List.copyOf(locations);
        this.placeholders = new TreeMap<>(placeholders);
        this.settings = settings;
        this.target = target;
    }

    /** The migrations in these folders, {@code classpath:} or {@code filesystem:}; by default {@code classpath:db/migration}. */
    public static Migrations in(String... locations) {
        Class<?> caller = StackWalker.getInstance(StackWalker.Option.RETAIN_CLASS_REFERENCE)
                .getCallerClass();
        return of(caller, locations.length == 0 ? List.of(USUAL) : List.of(locations));
    }

    /**
     * The migrations in these folders, for a test.
     *
     * @param test whose build keeps the server, and whose class path is searched
     */
    public static Migrations of(Class<?> test, List<String> locations) {
        return new Migrations(test, "", locations, Map.of(), PostgresSettings.DEFAULT, Target.HEAD);
    }

    /** The same, called by this name. */
    public Migrations named(String newName) {
        return new Migrations(test, newName, locations, placeholders, settings, target);
    }

    /** The same with these values in place of {@code ${placeholder}}. */
    public Migrations with(Map<String, String> more) {
        Map<String, String> all = new TreeMap<>(placeholders);
        all.putAll(more);
        return new Migrations(test, name, locations, all, settings, target);
    }

    /** The same with these settings of the driver. */
    public Migrations with(PostgresSettings newSettings) {
        return new Migrations(test, name, locations, placeholders, newSettings, target);
    }

    /** The same, of which only those up to the target belong to a migrated database. */
    public Migrations upTo(Target newTarget) {
        return new Migrations(test, name, locations, placeholders, settings, newTarget);
    }

    /** The settings of the driver. */
    PostgresSettings settings() {
        return settings;
    }

    /** The same for somebody else, who closes it. */
    Migrations fresh() {
        return new Migrations(test, name, locations, placeholders, settings, target);
    }

    /** The name by which the test calls their database; empty for the only one. */
    public String name() {
        return name;
    }

    /** Where they are. */
    public List<String> locations() {
        return locations;
    }

    /** Whether there are any for PostgreSQL. */
    public boolean hasFiles() {
        return loader().hasFiles();
    }

    /** The files. */
    public synchronized MigrationSet files() {
        if (loaded == null) {
            loaded = loader().load();
        }
        return loaded;
    }

    /** The class whose build keeps the server. */
    Class<?> test() {
        return test;
    }

    private MigrationLoader loader() {
        return new MigrationLoader(locations, DatabaseKind.POSTGRESQL, placeholders, classLoader());
    }

    ClassLoader classLoader() {
        return Optional.ofNullable(Thread.currentThread().getContextClassLoader())
                .orElseGet(
                        () -> Optional.ofNullable(test.getClassLoader()).orElseGet(ClassLoader::getSystemClassLoader));
    }

    /** A new database with all of them applied. */
    public TestDatabase database() {
        return database(Templates.Kind.HEAD, target);
    }

    /** A new database as it is after a version; {@code base} for an empty one. */
    public TestDatabase at(String version) {
        Target at = Target.parse(version);
        if (at instanceof Target.Version wanted) {
            files().resolve(wanted.text());
        }
        return database(Templates.Kind.AT, at);
    }

    /**
     * One of them, to be measured.
     *
     * @throws io.mhras.migrations.MigrationException.InvalidTarget if there is none of this version
     */
    public MeasuredMigration migration(String version) {
        return new MeasuredMigration(this, files().resolve(version));
    }

    private TestDatabase database(Templates.Kind kind, Target at) {
        MigrationSet set = files();
        if (set.migrations().isEmpty()) {
            throw none();
        }
        DatabaseCopy copy = new DatabaseCopy(
                new Templates(TestServers.postgres(test)), kind, key(set, at), database -> migrate(database, at));
        TestDatabase database =
                new TestDatabase(name, copy, migrator(copy.server().dataSource(copy.name())));
        made.add(database);
        return database;
    }

    private void migrate(DataSource database, Target at) {
        if (!(at instanceof Target.Base)) {
            migrator(database).migrate(at);
        }
    }

    Migrator migrator(DataSource dataSource) {
        return new Migrator(driver(dataSource), this::files);
    }

    PostgresDriver driver(DataSource dataSource) {
        return name.isEmpty()
                ? new PostgresDriver(dataSource, settings)
                : new PostgresDriver(name, dataSource, settings);
    }

    private Refused none() {
        return new Refused(
                "There are no migrations for PostgreSQL in " + String.join(", ", locations) + ".",
                "Put them there, or name their folder: @MigratedDatabase(locations = \"classpath:db/...\").");
    }

    /** The checksum of everything that has a part in what a database becomes. */
    private String key(MigrationSet set, Target at) {
        MessageDigest digest = sha256();
        add(digest, at.toString(), settings.schema(), settings.table(), settings.application());
        placeholders.forEach((placeholder, value) -> add(digest, placeholder, value));
        for (Migration migration : set.migrations()) {
            add(digest, migration.version().toString(), migration.description());
            add(digest, migration.up());
            add(digest, migration.down());
            add(digest, migration.verify());
        }
        return HexFormat.of().formatHex(digest.digest());
    }

    private static void add(MessageDigest digest, @Nullable MigrationBody body) {
        add(digest, body == null ? null : body.name(), body == null ? null : body.checksum());
    }

    private static void add(MessageDigest digest, @Nullable String... texts) {
        for (String text : texts) {
            digest.update((text == null ? "-" : "+" + text).getBytes(StandardCharsets.UTF_8));
            digest.update((byte) 0);
        }
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has SHA-256", e);
        }
    }

    /** Drops the databases that were made of them. */
    @Override
    public void close() {
        made.forEach(TestDatabase::close);
        made.clear();
    }

    @Override
    public String toString() {
        return "Migrations" + locations;
    }
}
