package io.mhras.migrations.schema;

import io.mhras.migrations.MigrationSet;
import io.mhras.migrations.engine.MigratorSettings;
import io.mhras.migrations.postgresql.PostgresDriver;
import io.mhras.migrations.postgresql.PostgresSettings;
import io.mhras.migrations.postgresql.StatementObserver;
import io.mhras.migrations.schema.author.Authoring;
import io.mhras.migrations.schema.rehearsal.Stage;
import io.mhras.migrations.schema.scratch.ScratchServer;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** Writes migrations from a wanted schema, on scratch databases; and compares schemas. */
public final class MigrationAuthor {

    private final @Nullable PostgresServer real;
    private final ScratchOptions scratch;
    private final PostgresSettings postgres;
    private final MigratorSettings engine;
    private final SchemaFilter filter;

    /**
     * An author; nothing is done yet.
     *
     * @param real with the database that the scratch databases are to be like; it is only read. Null if there is none
     * @param scratch where they are made
     * @param postgres how the real one is migrated
     * @param engine how the engine decides
     * @param filter what of the schemas is compared; histories are left out in any case
     */
    public MigrationAuthor(
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
     * What takes one schema to the other.
     *
     * @param decision says what was renamed; where it says nothing, the plan has the questions
     * @throws io.mhras.migrations.MigrationException if one of them cannot be made, or read
     */
    public SchemaPlan diff(SchemaSource from, SchemaSource to, DiffOptions options, RenameDecision decision) {
        try (ScratchServer server = ScratchServer.open(real, scratch)) {
            return authoring(server).diff(from, to, options, decision);
        }
    }

    /**
     * The files that take what the migrations make to the wanted schema. They are proved: run up, they give that schema, and
     * down again the one before.
     *
     * @param decision says what was renamed; where it says nothing, the draft has the questions, and no files
     * @param naming what the new migration is called
     * @throws io.mhras.migrations.MigrationException if that cannot be proved, or a schema cannot be made
     */
    public Draft draft(
            MigrationSet files, WantedSchema wanted, DiffOptions options, RenameDecision decision, Naming naming) {
        try (ScratchServer server = ScratchServer.open(real, scratch)) {
            return authoring(server).draft(files, wanted, options, decision, naming);
        }
    }

    private Authoring authoring(ScratchServer server) {
        return new Authoring(
                server,
                new Stage.Setting(
                        postgres,
                        MigrationAuthor::driver,
                        engine,
                        this::read,
                        dataSource -> new PostgresSchema(dataSource).reload(),
                        scratch.keep()));
    }

    private SchemaSnapshot read(DataSource dataSource) {
        return new PostgresSchema(dataSource).snapshot(filter, /* withRights= */ false);
    }

    private static PostgresDriver driver(
            DataSource dataSource, PostgresSettings settings, @Nullable StatementObserver observer) {
        PostgresDriver driver = new PostgresDriver(dataSource, settings);
        return observer == null ? driver : driver.observedBy(observer);
    }
}
