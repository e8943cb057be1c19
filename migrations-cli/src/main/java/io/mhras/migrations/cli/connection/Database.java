package io.mhras.migrations.cli.connection;

import io.mhras.migrations.DatabaseKind;
import io.mhras.migrations.MigrationDriver;
import io.mhras.migrations.MigrationSet;
import io.mhras.migrations.cli.options.DatabaseOptions;
import io.mhras.migrations.cli.options.InvalidSettingException;
import io.mhras.migrations.cli.options.MigrationFiles;
import io.mhras.migrations.cli.options.ScratchOptionGroup;
import io.mhras.migrations.cli.options.Settings;
import io.mhras.migrations.cli.terminal.Terminal;
import io.mhras.migrations.engine.Adopt;
import io.mhras.migrations.engine.Migrator;
import io.mhras.migrations.engine.MigratorSettings;
import io.mhras.migrations.engine.MigratorSettings.OutOfOrder;
import io.mhras.migrations.schema.PostgresServer;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A database that a verb works with, and the files for it. It is connected to when that is first needed. */
public final class Database implements AutoCloseable {

    private final DatabaseAccess access;
    private final DatabaseOptions options;
    private final Settings settings;
    private final MigrationFiles files;
    private final Terminal terminal;
    private @Nullable DatabaseConnection connection;

    Database(
            DatabaseAccess access,
            DatabaseOptions options,
            Settings settings,
            MigrationFiles files,
            Terminal terminal) {
        this.access = access;
        this.options = options;
        this.settings = settings;
        this.files = files;
        this.terminal = terminal;
    }

    public DatabaseKind kind() {
        return access.kind();
    }

    public Settings settings() {
        return settings;
    }

    /** Whether it is configured; if it is not, there can be no connection. */
    public boolean isConfigured() {
        return access.isConfigured(options, settings, terminal.environment());
    }

    /** The same one for as long as the verb runs. */
    public DatabaseConnection connection() {
        DatabaseConnection open = connection;
        if (open == null) {
            open = access.connect(options, settings, terminal);
            connection = open;
            Duration limit = settings.time(options.connectTimeout, "connect-timeout", Duration.ZERO);
            if (!limit.isZero()) {
                new Migrator(open.driver(), this::loadIfAny)
                        .patient(limit)
                        .driver()
                        .newest();
            }
        }
        return open;
    }

    /** Whether there are files for it, by their names. */
    boolean hasFiles() {
        return files.areThere(kind());
    }

    /** The files for it; there have to be some. */
    public MigrationSet load() {
        return files.load(kind());
    }

    /** The files for it, as far as there are any. */
    public MigrationSet loadIfAny() {
        return files.loadIfAny(kind());
    }

    /** Where a new file for it belongs. */
    public Path folderForNew(MigrationSet present) {
        return files.folderForNew(present, kind());
    }

    /** Up to where it is to be brought, unless the command line says it. */
    public String usualTarget() {
        return settings.target(kind().toString());
    }

    /** One that goes by the settings. */
    public Migrator migrator() {
        return migrator(settings.outOfOrder());
    }

    /** The same, with another way to treat late files. */
    public Migrator migrator(OutOfOrder late) {
        return migrator(connection().driver()).with(migratorSettings(late, false));
    }

    /** The same, which may drop everything or not. */
    public Migrator migratorThatCleans(boolean isAllowed) {
        return migrator(connection().driver()).with(migratorSettings(OutOfOrder.FAIL, isAllowed));
    }

    /** One that plans for scripts that others run; needs no connection. */
    public Migrator offlineMigrator(ScriptWriter writer) {
        return migrator(writer.driver()).with(migratorSettings(OutOfOrder.APPLY, false));
    }

    private Migrator migrator(MigrationDriver driver) {
        return new Migrator(driver, this::load);
    }

    /**
     * What work on scratch databases for it needs. If they are made elsewhere than on its server, it need not be there.
     *
     * @throws InvalidSettingException if it is none of PostgreSQL, or the options contradict each other
     */
    public ScratchWork scratch(ScratchOptionGroup group) {
        if (!(access instanceof PostgresAccess postgres)) {
            throw new InvalidSettingException(
                    "A scratch database is one of PostgreSQL.",
                    "Choose the files with --db-type postgresql, and a server with --url, --on or --embedded.");
        }
        boolean isElsewhere = group.on() != null || group.isEmbedded();
        if (!isElsewhere || isConfigured()) {
            PostgresConnection real = (PostgresConnection) connection();
            if (!isElsewhere) {
                // The engine reports why there is no connection.
                real.driver().newest();
            }
            return work(real, !isElsewhere || isThere(real) ? real.dataSource() : null, group, postgres);
        }
        return work(postgres.elsewhere(options, settings, terminal), null, group, postgres);
    }

    /**
     * The same for work that needs a server, but no database of the user's.
     *
     * @throws InvalidSettingException if there is none, besides
     */
    public ScratchWork scratchAnywhere(ScratchOptionGroup group) {
        if (access instanceof PostgresAccess && group.on() == null && !group.isEmbedded() && !isConfigured()) {
            throw new InvalidSettingException(
                    "There is no server for scratch databases.",
                    "Name one with --on URL, or let one be started for this with --embedded; or give your database with --url"
                            + " or DATABASE_URL: they are made beside it.");
        }
        return scratch(group);
    }

    private ScratchWork work(
            PostgresConnection connection,
            @Nullable PostgresServer real,
            ScratchOptionGroup group,
            PostgresAccess postgres) {
        return new ScratchWork(
                connection,
                real,
                connection.scratch(group),
                postgres.settings(options, settings),
                new MigratorSettings(settings.outOfOrder(), false, files.undeclaredPlaceholders(), Adopt.NONE));
    }

    private static boolean isThere(PostgresConnection real) {
        try (Connection connection = real.dataSource().getConnection()) {
            return connection.isValid(0);
        } catch (SQLException e) {
            return false;
        }
    }

    /** Its files as they stood at tags, by tag; see {@link MigrationFiles#atTags}. */
    public Map<String, MigrationSet> filesAtTags(String pattern, Path scratch) {
        return files.atTags(pattern, kind(), scratch);
    }

    private MigratorSettings migratorSettings(OutOfOrder late, boolean cleanEnabled) {
        return new MigratorSettings(late, cleanEnabled, files.undeclaredPlaceholders(), settings.adopt(options.adopt));
    }

    /** Whether there are scripts of its kind for others to run. */
    boolean canWriteScripts() {
        return access.canWriteScripts();
    }

    /** What writes scripts for others to run; needs no connection. */
    public ScriptWriter scriptWriter() {
        return access.scriptWriter(options, settings);
    }

    @Override
    public void close() {
        if (connection != null) {
            connection.close();
            connection = null;
        }
    }
}
