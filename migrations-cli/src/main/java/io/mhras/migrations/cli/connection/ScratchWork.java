package io.mhras.migrations.cli.connection;

import io.mhras.migrations.engine.MigratorSettings;
import io.mhras.migrations.postgresql.PostgresSettings;
import io.mhras.migrations.schema.PostgresServer;
import io.mhras.migrations.schema.ScratchOptions;
import org.jspecify.annotations.Nullable;

/**
 * What work on scratch databases needs.
 *
 * @param connection what {@code Ctrl-C} cancels: all that runs on them
 * @param real with the database that they are to be like; null if there is none, or it cannot be reached and need not be
 * @param postgres how the real one is migrated
 * @param engine how the engine decides
 */
public record ScratchWork(
        DatabaseConnection connection,
        @Nullable PostgresServer real,
        ScratchOptions options,
        PostgresSettings postgres,
        MigratorSettings engine) {}
