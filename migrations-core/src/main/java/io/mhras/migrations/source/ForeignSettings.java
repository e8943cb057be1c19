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

/** Flyway's settings for one script, in a file beside it. */
final class ForeignSettings {

    private static final Pattern SETTING = Pattern.compile("\\s*([\\w.]+)\\s*[=:]\\s*(.*?)\\s*");

    /** What they say holds here in any case: what cannot run in a transaction does not, and files are UTF-8. */
    private static final Set<String> UNNEEDED =
            Set.of("executeInTransaction=true", "executeInTransaction=false", "encoding=UTF-8", "shouldExecute=true");

    private ForeignSettings() {}

    /** Refuses those that would change what the script does. */
    static void refuse(FoundFile file) {
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
}
