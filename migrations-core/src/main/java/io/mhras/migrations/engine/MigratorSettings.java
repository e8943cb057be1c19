package io.mhras.migrations.engine;

/**
 * How a {@link Migrator} decides.
 *
 * @param outOfOrder what to do with a migration that was never applied although a newer one was
 * @param cleanEnabled whether {@link Migrator#clean} may drop anything
 */
public record MigratorSettings(OutOfOrder outOfOrder, boolean cleanEnabled) {

    /** Refuses what is out of order, and refuses to clean. */
    public static final MigratorSettings DEFAULT = new MigratorSettings(OutOfOrder.FAIL, false);

    /** What to do with a migration that was never applied although a newer one was. */
    public enum OutOfOrder {
        /** Refuse to run, and name it. */
        FAIL,
        /** Apply it now. */
        APPLY
    }
}
