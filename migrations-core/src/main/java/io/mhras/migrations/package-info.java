/**
 * The engine's API: migrations as a graph, the plan to a target, the {@link io.mhras.migrations.engine.Migrator} that carries
 * it out, and the {@link io.mhras.migrations.MigrationDriver} that a database implements.
 */
@NullMarked
package io.mhras.migrations;

import org.jspecify.annotations.NullMarked;
