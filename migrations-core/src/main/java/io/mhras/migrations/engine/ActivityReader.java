package io.mhras.migrations.engine;

import io.mhras.migrations.Migration;
import io.mhras.migrations.MigrationActivity;
import io.mhras.migrations.MigrationScript;
import io.mhras.migrations.MigrationSet;
import io.mhras.migrations.ScriptLanguage;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Adds to what a server shows of a run what only the files tell: which migration it is, and the text of its statement. */
final class ActivityReader {

    private static final int MAX_COUNTED = 10_000;

    // Beyond that, reading the file up to the statement takes longer than the statement.
    private static final int MAX_STATEMENTS = 1_000;

    private final MigrationSet files;
    private final ScriptLanguage language;

    ActivityReader(MigrationSet files, ScriptLanguage language) {
        this.files = files;
        this.language = language;
    }

    /**
     * Explains what is seen now.
     *
     * @param last what was known before; the file is read again only for another statement
     */
    MigrationActivity explain(MigrationActivity seen, @Nullable MigrationActivity last) {
        if (last != null
                && last.version() != null
                && last.statement() == seen.statement()
                && isShortFor(seen.script(), last.script())) {
            return seen.with(last.script(), last.version(), last.statements(), last.sql());
        }
        return files.migrations().stream()
                .flatMap(migration -> Stream.of(migration.up(), migration.down(), migration.verify())
                        .filter(MigrationScript.class::isInstance)
                        .map(MigrationScript.class::cast)
                        .filter(file -> isShortFor(seen.script(), file.name()))
                        .map(file -> explain(seen, migration, file, last)))
                .findFirst()
                .orElse(seen);
    }

    /** A server may show the beginning of the name only, and no letters but ASCII. */
    private static boolean isShortFor(String shown, String name) {
        return !shown.isEmpty()
                && name.length() >= shown.length()
                && IntStream.range(0, shown.length())
                        .allMatch(i -> shown.charAt(i) == name.charAt(i) || shown.charAt(i) == '?');
    }

    private MigrationActivity explain(
            MigrationActivity seen, Migration migration, MigrationScript file, @Nullable MigrationActivity last) {
        boolean isNear = seen.statement() > 0 && seen.statement() <= MAX_STATEMENTS;
        String text = isNear ? language.statement(file, seen.statement()).orElse(null) : null;
        return seen.with(file.name(), migration.version(), total(seen, file, last), text == null ? seen.sql() : text);
    }

    /** The process that runs a long script has not counted its statements. */
    private @Nullable Integer total(MigrationActivity seen, MigrationScript file, @Nullable MigrationActivity last) {
        if (seen.statements() != null) {
            return seen.statements();
        }
        if (last != null && last.script().equals(file.name())) {
            return last.statements();
        }
        int counted = language.count(file, MAX_COUNTED);
        return counted < MAX_COUNTED ? Integer.valueOf(counted) : null;
    }
}
