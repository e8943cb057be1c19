package io.mhras.migrations.engine;

import io.mhras.migrations.MigrationException.Refused;
import io.mhras.migrations.SettingNames;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

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

    /** The same. Beside another tool's history it refuses to begin. */
    public MigratorSettings(
            OutOfOrder outOfOrder, boolean cleanEnabled, UndeclaredPlaceholders undeclaredPlaceholders) {
        this(outOfOrder, cleanEnabled, undeclaredPlaceholders, Adopt.ASK);
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

    /** What to do where another tool has a history, and ours is empty. */
    public enum Adopt {
        /** Refuse to begin, and name it. */
        ASK,
        /** Leave it alone, and begin: it is of other files. */
        NONE;

        /**
         * What the setting means.
         *
         * @param text what is set; null or empty if nothing is
         * @throws Refused if it is nothing that can be done
         */
        public static Adopt parse(@Nullable String text) {
            if (text == null || text.isBlank()) {
                return ASK;
            }
            if (text.strip().toLowerCase(Locale.ROOT).equals("none")) {
                return NONE;
            }
            throw new Refused(
                    "The setting " + SettingNames.quoted("adopt") + " cannot be '" + text.strip()
                            + "': another tool's history is not adopted by itself at a start.",
                    "Adopt it once with 'migrations adopt', and leave the setting out; or set it to none if that history"
                            + " has nothing to do with these files.");
        }
    }
}
