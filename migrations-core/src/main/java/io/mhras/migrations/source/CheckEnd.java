package io.mhras.migrations.source;

import io.mhras.migrations.Migration;
import io.mhras.migrations.MigrationException.InvalidMigration;
import io.mhras.migrations.MigrationScript;
import io.mhras.migrations.MigrationSet;
import io.mhras.migrations.MigrationVersion;
import io.mhras.migrations.SourceLocation;
import java.util.List;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The migration that ends a check, as its header names it. Separate, since few checks have one. */
final class CheckEnd {

    private static final Pattern LINE = Pattern.compile("(?i)\\s*(?:--|//)\\s*migrate:verify-until\\s+(\\S.*?)\\s*");

    private CheckEnd() {}

    /** @throws InvalidMigration if there is no such migration, or if it is one that comes before the check */
    static void refuseImpossible(MigrationVersion version, MigrationScript verify, MigrationSet set) {
        MigrationVersion until = Objects.requireNonNull(verify.options().until());
        if (set.find(until).isEmpty()) {
            throw new InvalidMigration(
                    "'migrate:verify-until' names " + until + ", and there is no migration of that version.",
                    place(verify),
                    "Name the migration that makes this check untrue. If its files are gone, take this check out, too.");
        }
        boolean comesBefore =
                set.pathTo(version).stream().map(Migration::version).anyMatch(until::equals);
        if (comesBefore) {
            throw new InvalidMigration(
                    "'migrate:verify-until' names " + until
                            + ", which is applied before this check: it would never run.",
                    place(verify),
                    "Name a later migration, or take the line out.");
        }
    }

    /** Read again: an index of the build does not know where it stands. */
    private static SourceLocation place(MigrationScript verify) {
        List<String> lines = verify.text().lines().toList();
        for (int i = 0; i < lines.size(); i++) {
            Matcher line = LINE.matcher(lines.get(i));
            if (line.matches()) {
                int column = lines.get(i).codePointCount(0, line.start(1)) + 1;
                return new SourceLocation(verify.location(), i + 1, column);
            }
        }
        return SourceLocation.of(verify.location());
    }
}
