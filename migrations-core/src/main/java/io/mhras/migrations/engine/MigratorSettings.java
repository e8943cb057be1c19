package io.mhras.migrations.engine;

/**
 * How a {@link Migrator} decides.
 *
 * @param outOfOrder what to do with a migration that was never applied although a newer one was
 * @param cleanEnabled whether {@link Migrator#clean} may drop anything
 * @param undeclaredPlaceholders what to do about a placeholder that has no value
 * @param adopt what to do where another tool has a history, and ours is empty
 */
public record MigratorSettings(
        OutOfOrder outOfOrder, boolean cleanEnabled, UndeclaredPlaceholders undeclaredPlaceholders, Adopt adopt) {

    /** Refuses what is out of order, refuses to clean, and refuses to begin beside another tool's history. */
    public static final MigratorSettings DEFAULT = new MigratorSettings(OutOfOrder.FAIL, false);

    /** The same, with a warning about placeholders that have no value. */
    public MigratorSettings(OutOfOrder outOfOrder, boolean cleanEnabled) {
        this(outOfOrder, cleanEnabled, UndeclaredPlaceholders.WARN, Adopt.ASK);
    }

    /** What to do with a migration that was never applied although a newer one was. */
    public enum OutOfOrder {
        /** Refuse to run, and name it. */
        FAIL,
        /** Apply it now. */
        APPLY
    }
}
