package io.mhras.migrations.engine;

import io.mhras.migrations.MigrationException.Refused;
import io.mhras.migrations.text.SettingNames;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

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
