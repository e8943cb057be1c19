package io.mhras.migrations.schema.author;

import io.mhras.migrations.MigrationException;
import io.mhras.migrations.MigrationException.Refused;
import io.mhras.migrations.Target;
import io.mhras.migrations.schema.DiffOptions;
import io.mhras.migrations.schema.Hazard;
import io.mhras.migrations.schema.Reload;
import io.mhras.migrations.schema.Rename;
import io.mhras.migrations.schema.SchemaChanges;
import io.mhras.migrations.schema.SchemaDifference;
import io.mhras.migrations.schema.SchemaPlan;
import io.mhras.migrations.schema.SchemaPlan.Part;
import io.mhras.migrations.schema.SchemaSnapshot;
import io.mhras.migrations.schema.diff.Planner;
import io.mhras.migrations.schema.rehearsal.Stage;
import java.util.ArrayList;
import java.util.List;

/** Runs each part of a plan as the file that it becomes, writes what takes it back, and runs that, too. */
final class DraftRun {

    private static final int MOST_LINES = 20;

    private final Stage stage;
    private final DraftFolder folder;
    private final DiffOptions options;
    private final Reload reload;

    DraftRun(Stage stage, DraftFolder folder, DiffOptions options) {
        this.stage = stage;
        this.folder = folder;
        this.options = options;
        this.reload = stage.setting().reload().apply(stage.database().dataSource());
    }

    /** @throws Refused if one of them does not do what it has to */
    void run(SchemaSnapshot before, SchemaPlan plan) {
        List<SchemaSnapshot> states = new ArrayList<>(List.of(before));
        int parts = plan.parts().size();
        for (int i = 0; i < parts; i++) {
            Part part = plan.parts().get(i);
            SchemaSnapshot start = states.get(states.size() - 1);
            folder.addUp(part, plan, i == parts - 1);
            running(2 * i, () -> stage.apply(folder.all().migrations()));
            SchemaSnapshot end = stage.snapshot();
            states.add(end);
            DiffOptions whole = options.renaming(renamedBetween(start, end)).back();
            DiffOptions back = part.isTransactional() ? whole.offline() : whole;
            SchemaPlan down = Planner.plan(end, start, back, reload);
            if (!down.unwritten().isEmpty()) {
                throw new Refused(
                        "What takes back " + folder.newestName() + " cannot be written: "
                                + down.unwritten().get(0).what() + ".",
                        "Write this step by hand with 'migrations new'; nothing was written.");
            }
            folder.addDown(down, deletedBy(part));
        }
        require(
                "After the new files, the schema is not the wanted one",
                stage.differencesFrom(plan.outcome().byId()));
        for (int i = parts - 1; i >= 0; i--) {
            running(
                    2 * i + 1,
                    () -> stage.migrator(stage.driver(), stage.sent(folder.all().migrations()))
                            .rollback(Target.parse("-1")));
            require(
                    "After the down files, the schema is not the one before",
                    stage.differencesFrom(states.get(i).byId()));
        }
    }

    /** Those of the renames that are in the part between these two. */
    private List<Rename> renamedBetween(SchemaSnapshot start, SchemaSnapshot end) {
        return options.renames().stream()
                .filter(rename ->
                        end.byId().containsKey(rename.after()) && !start.byId().containsKey(rename.after()))
                .toList();
    }

    private static List<String> deletedBy(Part part) {
        return part.statements().stream()
                .flatMap(statement -> statement.hazards().stream())
                .filter(Hazard.DeletesData.class::isInstance)
                .map(hazard -> ((Hazard.DeletesData) hazard).of().toString())
                .distinct()
                .toList();
    }

    private static void require(String problem, List<SchemaDifference> differences) {
        if (!differences.isEmpty()) {
            List<String> lines = new SchemaChanges(differences).lines();
            List<String> shown = lines.subList(0, Math.min(lines.size(), MOST_LINES));
            throw new Refused(
                    problem + ":\n  " + String.join("\n  ", shown)
                            + (shown.size() < lines.size() ? "\n  and " + (lines.size() - shown.size()) + " more" : ""),
                    "Nothing was written.");
        }
    }

    /** @param file the number of the one that runs: each up file is followed by its down file */
    private void running(int file, Runnable run) {
        try {
            run.run();
        } catch (MigrationException e) {
            throw new Refused(
                    "The new files do not run " + (file % 2 == 0 ? "up" : "down") + " on the scratch database: "
                            + e.problem() + "\n\n"
                            + folder.files().get(file).text().strip(),
                    "Nothing was written.");
        }
    }
}
