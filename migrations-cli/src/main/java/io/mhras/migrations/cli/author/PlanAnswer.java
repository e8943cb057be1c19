package io.mhras.migrations.cli.author;

import io.mhras.migrations.schema.FactId;
import io.mhras.migrations.schema.Hazard;
import io.mhras.migrations.schema.SchemaChanges;
import io.mhras.migrations.schema.SchemaDdl.Unwritten;
import io.mhras.migrations.schema.SchemaPlan;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A plan as JSON.
 *
 * @param changes in nouns of the schema
 * @param files what was written; null if nothing was to be
 */
public record PlanAnswer(
        boolean differs,
        List<String> changes,
        List<PartAnswer> parts,
        List<HeldBackAnswer> heldBack,
        List<QuestionAnswer> questions,
        List<String> unwritten,
        @Nullable List<String> files,
        List<String> notes) {

    /** A plan, and what became of it. */
    public static PlanAnswer of(SchemaPlan plan, @Nullable List<String> files, List<String> notes) {
        return new PlanAnswer(
                !plan.isEmpty(),
                new SchemaChanges(plan.differences()).lines(),
                plan.parts().stream()
                        .map(part -> new PartAnswer(
                                part.isTransactional(),
                                part.why(),
                                part.statements().stream()
                                        .map(StatementAnswer::of)
                                        .toList()))
                        .toList(),
                plan.heldBack().stream()
                        .map(held -> new HeldBackAnswer(held.fact().id().toString(), held.sql()))
                        .toList(),
                plan.questions().stream()
                        .map(question -> new QuestionAnswer(
                                question.gone().toString(),
                                question.candidates().stream()
                                        .map(FactId::toString)
                                        .toList()))
                        .toList(),
                plan.unwritten().stream().map(Unwritten::what).toList(),
                files,
                notes);
    }

    /** What runs in one file. */
    public record PartAnswer(boolean transaction, @Nullable String why, List<StatementAnswer> statements) {}

    /** One statement. */
    public record StatementAnswer(String about, String sql, List<String> hazards) {
        static StatementAnswer of(SchemaPlan.Statement statement) {
            return new StatementAnswer(
                    statement.about().toString(),
                    statement.sql(),
                    statement.hazards().stream().map(Hazard::text).toList());
        }
    }

    /** What stays, though it is not wanted. */
    public record HeldBackAnswer(String object, String sql) {}

    /** What may have been renamed. */
    public record QuestionAnswer(String gone, List<String> candidates) {}
}
