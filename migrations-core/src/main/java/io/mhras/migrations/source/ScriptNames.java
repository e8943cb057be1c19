package io.mhras.migrations.source;

/** How the names of a migration's scripts go together. */
public final class ScriptNames {

    private static final String DOWN = ".down.";

    private ScriptNames() {}

    /** What a down script beside this up script is called: {@code 001_a.down.sql} beside {@code 001_a.sql}. */
    public static String downOf(String up) {
        return up.replaceFirst("(\\.up)?\\.(\\w+)$", DOWN + "$2");
    }

    /** Whether this name is that of a down script that stands beside its up script. */
    public static boolean isDown(String name) {
        return name.contains(DOWN);
    }
}
