package io.mhras.migrations.cli.connection;

import io.mhras.migrations.MigrationDriver;
import io.mhras.migrations.OfflinePlan;
import java.io.Writer;
import java.util.function.BiConsumer;

/**
 * Writes what a plan does as a script that others run. It has no connection.
 *
 * @param driver what plans are made with
 * @param scripts writes one
 */
public record ScriptWriter(MigrationDriver driver, BiConsumer<OfflinePlan, Writer> scripts) {}
