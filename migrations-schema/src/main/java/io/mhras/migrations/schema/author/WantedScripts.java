package io.mhras.migrations.schema.author;

import io.mhras.migrations.MigrationException;
import io.mhras.migrations.MigrationSet;
import io.mhras.migrations.schema.WantedSchema;
import io.mhras.migrations.schema.rehearsal.Dump;
import io.mhras.migrations.schema.rehearsal.Stage;
import io.mhras.migrations.schema.scratch.ScratchServer;
import java.util.ArrayList;
import java.util.List;

/**
 * The scripts of a wanted schema.
 *
 * @param scripts each as what runs
 */
record WantedScripts(List<MigrationSet> scripts) {

    static WantedScripts of(WantedSchema wanted) {
        return new WantedScripts(wanted.scripts().stream().map(Dump::of).toList());
    }

    /** Refuses what would change more than a scratch database. */
    void requireHarmless(ScratchServer server) {
        scripts.forEach(server::require);
    }

    /**
     * Runs each when what it needs is there.
     *
     * @throws MigrationException of the first script that cannot run, whatever runs before it
     */
    void load(Stage stage) {
        List<MigrationSet> open = scripts;
        while (!open.isEmpty()) {
            List<MigrationSet> failed = new ArrayList<>();
            MigrationException first = null;
            for (MigrationSet script : open) {
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
