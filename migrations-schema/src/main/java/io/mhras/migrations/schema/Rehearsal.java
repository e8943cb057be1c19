package io.mhras.migrations.schema;

import io.mhras.migrations.MigrationException;
import io.mhras.migrations.engine.MigratorSettings;
import io.mhras.migrations.postgresql.PostgresDriver;
import io.mhras.migrations.postgresql.PostgresSettings;
import io.mhras.migrations.postgresql.StatementObserver;
import io.mhras.migrations.schema.rehearsal.RehearsalRun;
import io.mhras.migrations.schema.rehearsal.Stage;
import io.mhras.migrations.schema.report.RehearsalListener;
import io.mhras.migrations.schema.report.RehearsalReport;
import io.mhras.migrations.schema.report.RehearsalScope;
import io.mhras.migrations.schema.scratch.ScratchServer;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * Proves migrations of PostgreSQL on scratch databases before they meet a real one: each up, measured; each down, which has to
 * give the schema before; all of them once more, which has to give the same schema; each check once more at the end.
 */
public final class Rehearsal {

    private final @Nullable PostgresServer real;
    private final ScratchOptions scratch;
    private final PostgresSettings postgres;
    private final MigratorSettings engine;
    private final SchemaFilter filter;

    /**
     * A rehearsal; nothing is done yet.
     *
     * @param real with the database that the scratch databases are to be like; it is only read. Null if there is none
     * @param scratch where they are made
     * @param postgres how the real one is migrated
     * @param engine how the engine decides
     * @param filter what of the schema is compared; the history is left out in any case
     */
    public Rehearsal(
            @Nullable PostgresServer real,
            ScratchOptions scratch,
            PostgresSettings postgres,
            MigratorSettings engine,
            SchemaFilter filter) {
        this.real = real;
        this.scratch = scratch;
        this.postgres = postgres;
        this.engine = engine;
        this.filter = filter;
    }

    /**
     * Rehearses.
     *
     * @throws MigrationException if nothing could be rehearsed at all; what goes wrong with a migration is in the report
     */
    public RehearsalReport run(RehearsalScope scope, RehearsalListener listener) {
        Stage.Setting setting = new Stage.Setting(
                postgres,
                Rehearsal::driver,
                engine,
                dataSource -> new PostgresSchema(dataSource).snapshot(filter, true),
                dataSource -> new PostgresSchema(dataSource).reload(),
                scratch.keep());
        try (ScratchServer server = ScratchServer.open(real, scratch)) {
            scope.sets().forEach(server::require);
            server.notes().forEach(listener::onNote);
            return new RehearsalRun(server, setting, scope, listener).run();
        }
    }

    private static PostgresDriver driver(
            DataSource dataSource, PostgresSettings settings, @Nullable StatementObserver observer) {
        PostgresDriver driver = new PostgresDriver(dataSource, settings);
        return observer == null ? driver : driver.observedBy(observer);
    }
}
