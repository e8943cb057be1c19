package io.mhras.migrations.engine;

/**
 * How a {@link Migrator} decides.
 *
 * @param outOfOrder what to do with a migration that was never applied although a newer one was
 * @param cleanEnabled whether {@link Migrator#clean} may drop anything
 * @param undeclaredPlaceholders what to do about a placeholder that has no value
 */
public record MigratorSettings(
        OutOfOrder outOfOrder, boolean cleanEnabled, UndeclaredPlaceholders undeclaredPlaceholders) {

    /** Refuses what is out of order, and refuses to clean. */
    public static final MigratorSettings DEFAULT = new MigratorSettings(OutOfOrder.FAIL, false);

    /** The same, with a warning about placeholders that have no value. */
    public MigratorSettings(OutOfOrder outOfOrder, boolean cleanEnabled) {
        this(outOfOrder, cleanEnabled, UndeclaredPlaceholders.WARN);
    }

    /** What to do about a {@code ${name}} that has no value and is left as it is. */
    public enum UndeclaredPlaceholders {
        /** Name it, with file and line. */
        WARN,
        /** Refuse to run. */
        ERROR,
        /** Nothing. */
        IGNORE
    }

    /** What to do with a migration that was never applied although a newer one was. */
    public enum OutOfOrder {
        /** Refuse to run, and name it. */
        FAIL,
        /** Apply it now. */
        APPLY
    }
}
