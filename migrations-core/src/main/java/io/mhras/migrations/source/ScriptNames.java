package io.mhras.migrations.source;

import io.mhras.migrations.DatabaseKind;

/** How the names of a migration's scripts go together. */
public final class ScriptNames {

    private static final String DOWN = ".down.";

    private ScriptNames() {}

    /** What a down script beside this up script is called: {@code 001_a.down.sql} beside {@code 001_a.sql}. */
    public static String downOf(String up) {
        return up.replaceFirst("(\\.up)?\\.(\\w+)$", DOWN + "$2");
    }

    /** Whether this is the name of a down script beside its up script. */
    public static boolean isDown(String name) {
        return name.contains(DOWN);
    }

    /** Whether a file of this name is meant as a migration of this kind of database, whether or not the name is valid. */
    public static boolean isMeantFor(DatabaseKind kind, String name) {
        return name.matches("(?:[VU]?\\d|R_).*\\." + kind.extension());
    }
}
