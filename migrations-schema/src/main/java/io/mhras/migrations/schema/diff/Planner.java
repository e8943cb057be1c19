package io.mhras.migrations.schema.diff;

import io.mhras.migrations.schema.DiffOptions;
import io.mhras.migrations.schema.Reload;
import io.mhras.migrations.schema.RenameQuestion;
import io.mhras.migrations.schema.SchemaDifference;
import io.mhras.migrations.schema.SchemaPlan;
import io.mhras.migrations.schema.SchemaSnapshot;
import io.mhras.migrations.schema.diff.StepOrder.Sorted;
import java.util.List;

/** Plans the way from one schema to another. */
public final class Planner {

    private Planner() {}

    /**
     * @throws IllegalStateException if changes need each other in a circle
     * @throws IllegalArgumentException if a rename is of something that is not there
     */
    public static SchemaPlan plan(SchemaSnapshot from, SchemaSnapshot to, DiffOptions options, Reload reload) {
        Renames renames = new Renames(options.renames(), from, to);
        SchemaSnapshot named = renames.applied(from, to);
        SchemaSnapshot wanted = GeneratedNames.kept(named, to, reload);
        List<RenameQuestion> questions =
                options.asks() ? RenameQuestions.between(named, wanted, options::isNoRename) : List.of();
        List<SchemaDifference> all = named.differencesTo(wanted, reload);
        Holding holding = Holding.back(named, wanted, options, all);
        SchemaSnapshot outcome = holding.outcome();
        List<SchemaDifference> differences = outcome.equals(wanted) ? all : named.differencesTo(outcome, reload);
        if (!questions.isEmpty()) {
            return new SchemaPlan(
                    options.renames(),
                    RenamedSnapshot.shown(differences),
                    List.of(),
                    holding.heldBack(),
                    questions,
                    List.of(),
                    outcome);
        }
        Fates fates = new Fates(new State(named), new State(outcome), differences);
        Steps steps = new Steps(fates);
        Sorted sorted = StepOrder.of(fates, steps.steps());
        List<SchemaPlan.Part> parts = Parts.of(renames.statements(), sorted, forms(sorted, fates, options));
        return new SchemaPlan(
                options.renames(),
                RenamedSnapshot.shown(differences),
                parts,
                holding.heldBack(),
                List.of(),
                steps.unwritten(),
                outcome);
    }

    private static List<List<Piece>> forms(Sorted sorted, Fates fates, DiffOptions options) {
        return options.online()
                ? OnlineForm.of(sorted.steps(), sorted.needs(), fates)
                : sorted.steps().stream()
                        .map(step -> List.of(Piece.plain(step.sql(), step.hazards())))
                        .toList();
    }
}
