package io.mhras.migrations.source;

import io.mhras.migrations.MigrationException.InvalidMigration;
import io.mhras.migrations.MigrationScript;
import io.mhras.migrations.MigrationVersion;
import io.mhras.migrations.SourceLocation;
import io.mhras.migrations.source.HeaderScanner.CommentStyle;
import io.mhras.migrations.source.Location.FoundFile;
import java.io.IOException;
import java.io.Reader;
import java.io.StringReader;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A file that was read: what its name and its header say, and the script to run.
 *
 * @param file where it was found
 * @param name what its name says
 * @param requires what its header says that it requires; null if it says nothing
 * @param script what runs
 */
record ScriptFile(
        FoundFile file, MigrationFileName name, @Nullable List<MigrationVersion> requires, MigrationScript script) {

    /** Reads the file once; its text is not kept. */
    static ScriptFile read(FoundFile file, MigrationFileName name, CommentStyle comments, Placeholders placeholders) {
        Utf8 content = Utf8.check(bytes(file), file.location());
        MigrationHeader header = MigrationHeader.read(content, file.location(), name.role(), comments);
        String checksum = content.checksum();
        MigrationScript script = new MigrationScript(
                file.name(), file.location(), checksum, header.options(), () -> open(file, checksum, placeholders));
        return new ScriptFile(file, name, header.requires(), script);
    }

    private static byte[] bytes(FoundFile file) {
        try {
            return file.resource().getContentAsByteArray();
        } catch (IOException e) {
            throw InvalidMigration.unreadable(file.location(), e);
        }
    }

    /** What runs must be what was checked and planned, and what the history will say. */
    private static Reader open(FoundFile file, String checksum, Placeholders placeholders) throws IOException {
        Utf8 content = new Utf8(file.resource().getContentAsByteArray());
        if (!content.checksum().equals(checksum)) {
            throw new InvalidMigration(
                    "the file was changed while the migrations were at work.",
                    SourceLocation.of(file.location()),
                    "Start again, with files that nothing else writes to.");
        }
        return placeholders.isEmpty() || !content.hasPlaceholder()
                ? content.reader()
                : new StringReader(placeholders.replaceIn(content.text()));
    }
}
