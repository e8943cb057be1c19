package io.mhras.migrations.source;

import io.mhras.migrations.MigrationException.InvalidMigration;
import io.mhras.migrations.SourceLocation;
import io.mhras.migrations.source.Location.FoundFile;
import io.mhras.migrations.text.VisibleText;
import java.util.regex.Pattern;

/** Files that mean something to Flyway and nothing here: to leave them out silently would leave out what they do. */
final class ForeignFile {

    private static final String VERSION = "\\d+(?:[._]\\d+)*";
    private static final Pattern CALLBACK =
            Pattern.compile("(?:(?:before|after)[A-Z][A-Za-z]*|createSchema)(?:__.*)?\\.\\w+");
    private static final Pattern JAVA = Pattern.compile("(?:[VUB]" + VERSION + "|R)__.*\\.(?:class|java|kt)");

    private ForeignFile() {}

    /**
     * Refuses it if it is one.
     *
     * @param extension of the scripts that are looked for
     */
    static void refuse(FoundFile file, String extension) {
        String name = file.name();
        boolean isScript = file.endsIn("." + extension);
        if (isScript && CALLBACK.matcher(name).matches()) {
            throw refusal(
                    file,
                    "a callback of Flyway's, and callbacks do not run here yet.",
                    "Move the file out of the folder. What may run whenever its text changes can be a repeatable,"
                            + " for example R_" + name.replaceFirst("\\W.*|__.*", "") + "." + extension + ".");
        }
        if (JAVA.matcher(name).matches()) {
            throw refusal(
                    file,
                    "a migration in Java, and those do not run here yet.",
                    "Write what it does as a script, " + name.replaceFirst("(?:\\$.*)?\\.\\w+$", "." + extension)
                            + "; or move the class out of the package, and let the service run it.");
        }
        if (name.endsWith("." + extension + ".conf")) {
            ForeignSettings.refuse(file);
        }
    }

    private static InvalidMigration refusal(FoundFile file, String what, String remedy) {
        return new InvalidMigration(
                "'" + VisibleText.oneLine(file.name()) + "' is " + what,
                SourceLocation.of(VisibleText.oneLine(file.location())),
                remedy);
    }
}
