package io.mhras.migrations.schema.author;

import io.mhras.migrations.MigrationException;
import io.mhras.migrations.schema.WantedSchema;
import io.mhras.migrations.schema.rehearsal.Dump;
import io.mhras.migrations.schema.rehearsal.Stage;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Runs the scripts of a wanted schema, each when what it needs is there. */
record WantedScripts(WantedSchema wanted) {

    /** @throws MigrationException of the first script that cannot run, whatever runs before it */
    void load(Stage stage) {
        List<Path> open = wanted.scripts();
        while (!open.isEmpty()) {
            List<Path> failed = new ArrayList<>();
            MigrationException first = null;
            for (Path script : open) {
                try {
                    Dump.load(script, stage);
                } catch (MigrationException e) {
                    // What it needs may come with another one.
                    failed.add(script);
                    first = first == null ? e : first;
                }
            }
            if (first != null && failed.size() == open.size()) {
                throw first;
            }
            open = failed;
        }
    }
}
