package io.mhras.migrations.autoconfigure;

import io.mhras.migrations.engine.Migrator;

/**
 * A bean that changes an auto-configured {@link Migrator} before it is used.
 *
 * <p>A {@code Migrator} bean that a service defines itself is left as it is.
 */
@FunctionalInterface
public interface MigratorCustomizer {

    /** The migrator to use in place of the given one. */
    Migrator customize(Migrator migrator);
}
