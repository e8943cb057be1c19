package io.mhras.migrations.source;

import java.util.Locale;

/** What a script is to its migration. */
enum Role {
    /** Makes the change. */
    UP,
    /** Takes it back. */
    DOWN,
    /** Checks that it worked. */
    VERIFY;

    /** {@code up}, {@code down}, {@code verify}: as file names and messages have it. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
