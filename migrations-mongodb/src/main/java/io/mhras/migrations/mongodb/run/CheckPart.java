package io.mhras.migrations.mongodb.run;

import io.mhras.migrations.MigrationException.InvalidMigration;
import io.mhras.migrations.MigrationScript;
import io.mhras.migrations.mongodb.shell.JavaScriptLanguage;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import org.jspecify.annotations.Nullable;

/**
 * One check of a verify script: what follows {@code // migrate:check NAME} up to the next one; a script without such lines is
 * one check.
 *
 * @param name null if it has none
 * @param line where it begins, from 1
 * @param text of the check alone
 * @param script runs it, after all that stands above the first check; the places in it are those of the file
 */
record CheckPart(@Nullable String name, int line, String text, MigrationScript script) {

    /** @throws InvalidMigration if a check is named inside of brackets */
    static List<CheckPart> of(MigrationScript script) {
        String whole = script.text();
        NavigableMap<Integer, String> names = JavaScriptLanguage.checks(script.location(), whole);
        if (names.isEmpty()) {
            return List.of(new CheckPart(null, 1, whole, script));
        }
        List<String> lines = whole.lines().toList();
        int first = names.firstKey();
        String shared = String.join("\n", lines.subList(0, first));
        List<CheckPart> parts = new ArrayList<>();
        for (Map.Entry<Integer, String> named : names.entrySet()) {
            int line = named.getKey();
            Integer next = names.higherKey(line);
            String text = String.join("\n", lines.subList(line, next == null ? lines.size() : next - 1));
            String run = shared + "\n".repeat(line - first + 1) + text;
            parts.add(new CheckPart(
                    named.getValue(),
                    line,
                    text,
                    new MigrationScript(
                            script.name(),
                            script.location(),
                            script.checksum(),
                            script.options(),
                            () -> new StringReader(run))));
        }
        return parts;
    }

    /** What to call it: by its own name, if it has one, and by its file's. */
    String title() {
        return name == null ? script.name() : "'" + name + "' of " + script.name();
    }
}
