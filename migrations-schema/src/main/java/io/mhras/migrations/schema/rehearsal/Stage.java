package io.mhras.migrations.schema.rehearsal;

import io.mhras.migrations.Migration;
import io.mhras.migrations.MigrationDriver;
import io.mhras.migrations.MigrationException;
import io.mhras.migrations.MigrationListener;
import io.mhras.migrations.MigrationSession;
import io.mhras.migrations.MigrationSet;
import io.mhras.migrations.Target;
import io.mhras.migrations.VerificationResult;
import io.mhras.migrations.engine.Migrator;
import io.mhras.migrations.engine.MigratorSettings;
import io.mhras.migrations.postgresql.PostgresSettings;
import io.mhras.migrations.postgresql.StatementObserver;
import io.mhras.migrations.schema.FactId;
import io.mhras.migrations.schema.Reload;
import io.mhras.migrations.schema.SchemaDifference;
import io.mhras.migrations.schema.SchemaFact;
import io.mhras.migrations.schema.SchemaSnapshot;
import io.mhras.migrations.schema.scratch.ScratchDatabase;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.NavigableMap;
import java.util.function.Function;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * A scratch database on which something is rehearsed.
 *
 * @param setting what is the same on each
 */
public record Stage(ScratchDatabase database, Setting setting) implements AutoCloseable {

    /** As a service or the command line would work with it. */
    public MigrationDriver driver() {
        return setting.drivers().on(database.dataSource(), setting.postgres(), null);
    }

    /** The same, with somebody who is told of each statement. */
    MigrationDriver driver(StatementObserver observer) {
        return setting.drivers().on(database.dataSource(), setting.postgres(), observer);
    }

    /** One with a history in another table. */
    MigrationDriver driver(String history) {
        return setting.drivers()
                .on(
                        database.dataSource(),
                        setting.postgres().in(setting.postgres().schema(), history),
                        null);
    }

    /** Makes the history, which is not part of the schema. */
    public void prepareHistory() {
        driver().open(activity -> {}).close();
    }

    /** The product and version of its server, for example {@code PostgreSQL 18.6}. */
    String server() {
        try (Connection connection = database.dataSource().getConnection()) {
            // Of a build by others, more than the version follows.
            return "PostgreSQL "
                    + connection.getMetaData().getDatabaseProductVersion().replaceFirst(" .*", "");
        } catch (SQLException e) {
            throw new MigrationException.DatabaseUnavailable(
                    "The scratch database was lost: " + e.getMessage(), "Start again.", e);
        }
    }

    /** Applies all of these that are not applied yet, in their order. */
    public void apply(List<Migration> migrations) {
        apply(migrations, driver(), new MigrationListener() {});
    }

    /** The same, watched. */
    void apply(List<Migration> migrations, MigrationDriver driver, MigrationListener listener) {
        migrator(driver, sent(migrations)).with(listener).migrate(Target.HEAD);
    }

    /** The files as they are sent to this database. */
    public MigrationSet sent(List<Migration> migrations) {
        return database.renamed(MigrationSet.of(migrations));
    }

    /** The engine on it, for these files. */
    public Migrator migrator(MigrationDriver driver, MigrationSet set) {
        return new Migrator(driver, () -> set).with(setting.engine());
    }

    /**
     * Runs the checks of what is applied, as they can be run on any database: they may only read.
     *
     * @param migrations the files of all that is applied
     * @param versions only these; none for all
     */
    List<VerificationResult.Check> verify(List<Migration> migrations, List<String> versions) {
        return migrator(driver(), sent(migrations))
                .verify(versions, VerificationResult.USUAL_TIMEOUT, check -> {})
                .checks();
    }

    /** The schema as it is now, without the history. */
    public SchemaSnapshot snapshot() {
        return setting.reader().read(database.dataSource());
    }

    /** A session as the engine has it. */
    MigrationSession session() {
        return driver().open(activity -> {});
    }

    /** In what the schema as it is now differs from another one; not in texts that say the same. */
    public List<SchemaDifference> differencesFrom(NavigableMap<FactId, SchemaFact> expected) {
        SchemaSnapshot now = snapshot();
        return new SchemaSnapshot(
                        now.majorVersion(),
                        List.copyOf(expected.values()),
                        now.edges(),
                        now.unread(),
                        now.gaps(),
                        now.leftOut())
                .differencesTo(now, setting.reload().apply(database.dataSource()));
    }

    @Override
    public void close() {
        database.close();
    }

    /**
     * What is the same on each stage.
     *
     * @param drivers what the engine works through
     * @param engine how it decides
     * @param reload what loads texts of a schema again in a database
     * @param isKept whether the databases stay
     */
    public record Setting(
            PostgresSettings postgres,
            Drivers drivers,
            MigratorSettings engine,
            SnapshotReader reader,
            Function<DataSource, Reload> reload,
            boolean isKept) {}

    /** Makes drivers. */
    @FunctionalInterface
    public interface Drivers {

        /** @param observer is told of each statement; null for nobody */
        MigrationDriver on(DataSource dataSource, PostgresSettings settings, @Nullable StatementObserver observer);
    }

    /** Reads a schema. */
    @FunctionalInterface
    public interface SnapshotReader {

        /** @throws MigrationException.DatabaseUnavailable if the database does not answer */
        SchemaSnapshot read(DataSource dataSource);
    }
}
