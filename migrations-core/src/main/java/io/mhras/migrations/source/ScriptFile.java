package io.mhras.migrations.source;

import io.mhras.migrations.MigrationException.InvalidMigration;
import io.mhras.migrations.MigrationScript;
import io.mhras.migrations.MigrationScript.Options;
import io.mhras.migrations.MigrationVersion;
import io.mhras.migrations.source.HeaderScanner.CommentStyle;
import io.mhras.migrations.source.Location.FoundFile;
import java.io.IOException;
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
        try (Utf8 content = Utf8.open(file)) {
            MigrationHeader header = MigrationHeader.read(content.reader(), file.location(), name.role(), comments);
            return of(file, name, header.requires(), content.checksum(), header.options(), placeholders);
        } catch (InvalidMigration e) {
            // What is no text has no header either.
            Utf8.check(file);
            throw e;
        } catch (IOException e) {
            Utf8.check(file);
            throw InvalidMigration.unreadable(file.location(), e);
        }
    }

    /** Of a file that was read, be it now or when an index was made. */
    static ScriptFile of(
            FoundFile file,
            MigrationFileName name,
            @Nullable List<MigrationVersion> requires,
            String checksum,
            Options options,
            Placeholders placeholders) {
        MigrationScript script = new MigrationScript(
                file.name(),
                file.location(),
                checksum,
                options,
                () -> placeholders.replaceIn(Utf8.reopen(file, checksum)));
        return new ScriptFile(file, name, requires, script);
    }
}
