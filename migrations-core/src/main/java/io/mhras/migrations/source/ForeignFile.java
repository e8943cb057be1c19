package io.mhras.migrations.source;

import io.mhras.migrations.MigrationException.InvalidMigration;
import io.mhras.migrations.SourceLocation;
import io.mhras.migrations.source.Location.FoundFile;
import io.mhras.migrations.text.VisibleText;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/** Files that mean something to Flyway and nothing here: to leave them out silently would leave out what they do. */
final class ForeignFile {

    private static final String VERSION = "\\d+(?:[._]\\d+)*";
    private static final Pattern CALLBACK =
            Pattern.compile("(?:(?:before|after)[A-Z][A-Za-z]*|createSchema)(?:__.*)?\\.\\w+");
    private static final Pattern JAVA = Pattern.compile("(?:[VUB]" + VERSION + "|R)__.*\\.(?:class|java|kt)");
    private static final Pattern SETTING = Pattern.compile("\\s*([\\w.]+)\\s*[=:]\\s*(.*?)\\s*");

    /** What they say holds here in any case: what cannot run in a transaction does not, and files are UTF-8. */
    private static final Set<String> UNNEEDED =
            Set.of("executeInTransaction=true", "executeInTransaction=false", "encoding=UTF-8", "shouldExecute=true");

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
            refuseSettings(file);
        }
    }

    private static void refuseSettings(FoundFile file) {
        List<String> lines = lines(file);
        for (int i = 0; i < lines.size(); i++) {
            var setting = SETTING.matcher(lines.get(i));
            if (setting.matches() && !UNNEEDED.contains(setting.group(1) + "=" + setting.group(2))) {
                throw new InvalidMigration(
                        "'" + setting.group(1) + "' is a setting for one script of Flyway's, and is not read here.",
                        new SourceLocation(VisibleText.oneLine(file.location()), i + 1, 1),
                        "Take the line out, and see to it that the script is right without it. Options stand in a"
                                + " script's header, for example 'migrate:transaction none'.");
            }
        }
    }

    private static List<String> lines(FoundFile file) {
        try (BufferedReader reader =
                new BufferedReader(new InputStreamReader(file.source().getInputStream(), StandardCharsets.UTF_8))) {
            return reader.lines().toList();
        } catch (IOException e) {
            throw InvalidMigration.unreadable(file.location(), e);
        }
    }

    private static InvalidMigration refusal(FoundFile file, String what, String remedy) {
        return new InvalidMigration(
                "'" + VisibleText.oneLine(file.name()) + "' is " + what,
                SourceLocation.of(VisibleText.oneLine(file.location())),
                remedy);
    }
}
