package io.mhras.migrations.schema.author;

import io.mhras.migrations.MigrationException.Refused;
import io.mhras.migrations.schema.SchemaSnapshot;
import io.mhras.migrations.schema.ddl.SchemaWriter;
import io.mhras.migrations.source.MigrationTemplate.NewFile;
import io.mhras.migrations.text.SettingNames;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What is kept of a proof that failed: both schemas, the files, and what went wrong.
 *
 * @param folder where; null for nowhere
 */
record ProofCase(@Nullable Path folder) {

    /** The failure, with where to find the rest. */
    Refused of(Refused failure, SchemaSnapshot before, SchemaSnapshot wanted, List<NewFile> files) {
        if (folder == null) {
            return new Refused(
                    failure.problem(),
                    "Nothing was written. Write this step by hand with 'migrations new', and please report it: "
                            + SettingNames.quoted("save-case") + " keeps both schemas and the files in a folder.");
        }
        try {
            write("before.sql", SchemaWriter.write(before).toString(), folder);
            write("wanted.sql", SchemaWriter.write(wanted).toString(), folder);
            write("failure.txt", failure.problem() + "\n", folder);
            for (NewFile file : files) {
                write("files/" + file.name(), file.text(), folder);
            }
        } catch (IOException e) {
            return new Refused(
                    failure.problem(),
                    "Nothing was written; not even the case, into " + folder + ": " + e.getMessage()
                            + ". Write this step by hand with 'migrations new'.");
        }
        return new Refused(
                failure.problem(),
                "No migration was written. Both schemas and the files that were tried are in " + folder
                        + ": look through them for names that are nobody's business, and please report them. Until then"
                        + " write this step by hand with 'migrations new'.");
    }

    private static void write(String name, String text, Path folder) throws IOException {
        Path path = folder.resolve(name);
        Files.createDirectories(Objects.requireNonNull(path.getParent()));
        Files.writeString(path, text);
    }
}
