package io.mhras.migrations.schema;

import io.mhras.migrations.HistoryEntry;
import io.mhras.migrations.MigrationException;
import io.mhras.migrations.MigrationException.Refused;
import io.mhras.migrations.MigrationException.ScriptFailed;
import io.mhras.migrations.MigrationListener;
import io.mhras.migrations.MigrationSet;
import io.mhras.migrations.Target;
import io.mhras.migrations.engine.Adopt;
import io.mhras.migrations.engine.Migrator;
import io.mhras.migrations.engine.MigratorSettings;
import io.mhras.migrations.engine.MigratorSettings.OutOfOrder;
import io.mhras.migrations.engine.UndeclaredPlaceholders;
import io.mhras.migrations.postgresql.PostgresDriver;
import io.mhras.migrations.postgresql.PostgresSettings;
import io.mhras.migrations.schema.drift.AppliedScripts;
import io.mhras.migrations.schema.drift.Comparison;
import io.mhras.migrations.schema.report.DriftReport;
import io.mhras.migrations.schema.report.DriftScope;
import io.mhras.migrations.schema.scratch.ScratchDatabase;
import io.mhras.migrations.schema.scratch.ScratchServer;
import io.mhras.migrations.text.SettingNames;
import java.util.ArrayList;
import java.util.List;

/**
 * Compares a PostgreSQL database with what its applied migrations make on a scratch database. The database itself is only
 * read.
 */
public final class Drift {

    /** They run in the order in which they were applied; texts of the history have their placeholders replaced already. */
    private static final MigratorSettings AS_APPLIED =
            new MigratorSettings(OutOfOrder.APPLY, false, UndeclaredPlaceholders.IGNORE, Adopt.NONE);

    private final PostgresServer real;
    private final PostgresSettings settings;
    private final ScratchOptions scratch;

    /**
     * Nothing is done yet.
     *
     * @param real with the database to compare
     * @param settings how it is migrated
     * @param scratch where the scratch database is made
     */
    public Drift(PostgresServer real, PostgresSettings settings, ScratchOptions scratch) {
        this.real = real;
        this.settings = settings;
        this.scratch = scratch;
    }

    /**
     * Compares.
     *
     * @param files the migrations that there are; of one that was changed since, the text that the history keeps is run
     * @param listener is told of each step on the scratch database
     * @throws Refused if it is not known what was applied, or if no scratch database can be made
     * @throws MigrationException if the database cannot be read
     */
    public DriftReport compare(MigrationSet files, DriftScope scope, MigrationListener listener) {
        PostgresDriver driver = new PostgresDriver(real.named(), settings);
        List<HistoryEntry> history = driver.entries();
        AppliedScripts applied =
                AppliedScripts.of(new Migrator(driver, () -> files).applied(), history, files, driver, scope.start());
        SchemaSnapshot live = new PostgresSchema(real.named()).snapshot(scope.filter(), scope.withRights());
        try (ScratchServer server = ScratchServer.open(real, scratch)) {
            if (server.majorVersion() != live.majorVersion()) {
                throw new Refused(
                        "The database is on PostgreSQL " + live.majorVersion()
                                + ", and the scratch database would be on"
                                + " PostgreSQL " + server.majorVersion()
                                + ", which has other words for the same. Nothing was compared.",
                        "Give a server of version " + live.majorVersion() + " with "
                                + SettingNames.quoted("scratch.on") + ", or its programs with "
                                + SettingNames.quoted("scratch.server-dir") + ".");
            }
            server.require(applied.migrations());
            try (ScratchDatabase made = server.create("drift")) {
                run(applied, made, listener);
                PostgresSchema schema = new PostgresSchema(made.dataSource());
                SchemaSnapshot byMigrations = schema.snapshot(scope.filter(), scope.withRights());
                List<String> notes = new ArrayList<>(server.notes());
                if (scratch.keep()) {
                    notes.add("The scratch database stays: " + made.url());
                }
                return new Comparison(live, byMigrations, applied, schema.reload()).report(notes, databaseName());
            }
        }
    }

    private String databaseName() {
        return ScratchServer.nameOf(real);
    }

    private void run(AppliedScripts applied, ScratchDatabase made, MigrationListener listener) {
        MigrationSet set = made.renamed(applied.migrations());
        try {
            new Migrator(new PostgresDriver("scratch", made.dataSource(), settings), () -> set)
                    .with(AS_APPLIED)
                    .with(listener)
                    .migrate(Target.HEAD);
        } catch (ScriptFailed e) {
            throw new Refused(
                    "What is applied does not run on an empty database, so that it cannot be said what it makes.\n\n"
                            + e.problem(),
                    "If what it needs was there before the first migration, give the schema as it was at a later version:"
                            + " 'pg_dump --schema-only' writes it, " + SettingNames.quoted("schema-file") + " and "
                            + SettingNames.quoted("from") + " name it.");
        }
    }
}
