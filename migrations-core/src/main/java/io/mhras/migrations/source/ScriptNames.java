package io.mhras.migrations.source;

import io.mhras.migrations.DatabaseKind;

/** How the names of a migration's scripts go together. */
public final class ScriptNames {

    private static final String DOWN = ".down.";
    private static final String FOLDERS_DOWN = "/down.";

    private ScriptNames() {}

    /** What a down script beside this up script is called: {@code 001_a.down.sql} beside {@code 001_a.sql}. */
    public static String downOf(String up) {
        return standsInItsFolder(up)
                ? up.replaceFirst("[^/\\\\]+\\.(\\w+)$", "down.$1")
                : up.replaceFirst("(\\.up)?\\.(\\w+)$", DOWN + "$2");
    }

    /** Whether this is the name of a down script beside its up script. */
    public static boolean isDown(String name) {
        return name.contains(DOWN) || name.contains(FOLDERS_DOWN);
    }

    /** Whether the folder has the migration's name, and the file another: {@code 001_a/up.sql}. */
    public static boolean standsInItsFolder(String path) {
        int folder = Math.max(path.lastIndexOf('/'), path.lastIndexOf('\\'));
        return folder > 0 && MigrationFileName.Role.inFolder(path.substring(folder + 1)) != null;
    }

    /**
     * Whether a file is meant as a migration of this kind of database, whether or not its name is valid.
     *
     * @param path its name, with its folder if it has one
     */
    public static boolean isMeantFor(DatabaseKind kind, String path) {
        String name = standsInItsFolder(path)
                ? path.replaceFirst(".*[/\\\\]([^/\\\\]+)[/\\\\][^/\\\\]+(\\.\\w+)$", "$1$2")
                : path.replaceFirst(".*[/\\\\]", "");
        return name.matches("(?:[VUB]?\\d|R_).*\\." + kind.extension());
    }
}
