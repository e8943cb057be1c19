package io.mhras.migrations.testing.mongodb;

import io.mhras.migrations.testing.mongodb.protocol.Errors;
import java.nio.charset.StandardCharsets;
import java.util.Set;

/** Which names databases and collections can have (collection_validation and namespace_string). */
final class CollectionNames {

    private static final int LONGEST = 255;
    private static final int LONGEST_DATABASE = 63;
    private static final Set<String> SYSTEM = Set.of("system.js", "system.users", "system.views", "system.profile");
    private static final Set<String> OF_ADMIN = Set.of("system.roles", "system.version");

    private CollectionNames() {}

    /** Of a collection that is to be made, or that may be by a write. */
    static void checkNew(String database, String name) {
        checkDatabase(database);
        check(database, name);
        boolean isKnown = SYSTEM.contains(name) || database.equals("admin") && OF_ADMIN.contains(name);
        if (name.startsWith("system.") && !isKnown && !name.startsWith("system.buckets.")) {
            throw Errors.invalidNamespace("Invalid system namespace: " + database + "." + name);
        }
        String namespace = database + "." + name;
        if (namespace.getBytes(StandardCharsets.UTF_8).length > LONGEST) {
            throw Errors.invalidNamespace(
                    "Fully qualified namespace is too long. Namespace: " + namespace + " Max: " + LONGEST);
        }
    }

    /** Of a collection that is written to. */
    static void checkWritten(String database, String name) {
        checkNew(database, name);
        if (name.equals("system.views") || name.equals("system.profile")) {
            throw Errors.invalidNamespace("cannot write to " + database + "." + name);
        }
    }

    /** Of a collection that is read. */
    static void check(String database, String name) {
        if (name.isEmpty()) {
            throw Errors.invalidNamespace("Invalid namespace specified '" + database + ".'");
        }
        if (name.indexOf('\0') >= 0) {
            throw Errors.invalidNamespace("namespaces cannot have embedded null characters");
        }
        if (name.startsWith(".")) {
            throw Errors.invalidNamespace("Collection names cannot start with '.': " + name);
        }
        if (name.contains("$") && !name.startsWith("$cmd")) {
            throw Errors.invalidNamespace("Invalid collection name: " + name);
        }
    }

    private static void checkDatabase(String database) {
        if (database.isEmpty() || database.chars().anyMatch(each -> "/\\. \"$\0".indexOf(each) >= 0)) {
            throw Errors.invalidNamespace("Invalid database name: '" + database + "'");
        }
        if (database.length() > LONGEST_DATABASE) {
            throw Errors.invalidNamespace(
                    "db name must be at most " + LONGEST_DATABASE + " characters, found: " + database.length());
        }
    }
}
