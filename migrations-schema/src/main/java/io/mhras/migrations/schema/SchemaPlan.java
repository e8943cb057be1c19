package io.mhras.migrations.schema;

import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What takes one schema to another, in order.
 *
 * @param renames what has another name first
 * @param differences in what the two differ then, without what is held back
 * @param parts the statements; each part is a file of its own
 * @param heldBack what would have to be dropped, and is not
 * @param questions what may have been renamed; where there is one, the plan is none
 * @param unwritten what no statement is known for, or nothing can be told of
 * @param outcome the schema that it leads to: the wanted one, and what is held back
 */
public record SchemaPlan(
        List<Rename> renames,
        List<SchemaDifference> differences,
        List<Part> parts,
        List<HeldBack> heldBack,
        List<RenameQuestion> questions,
        List<SchemaDdl.Unwritten> unwritten,
        SchemaSnapshot outcome) {

    public SchemaPlan {
        renames = List.copyOf(renames);
        differences = List.copyOf(differences);
        parts = List.copyOf(parts);
        heldBack = List.copyOf(heldBack);
        questions = List.copyOf(questions);
        unwritten = List.copyOf(unwritten);
    }

    /** Whether there is nothing to do, and nothing to say. */
    public boolean isEmpty() {
        return parts.isEmpty() && heldBack.isEmpty() && questions.isEmpty() && unwritten.isEmpty();
    }

    /** What becomes another one, for people, a line each. */
    public List<String> changes() {
        return Stream.concat(
                        renames.stream()
                                .map(rename -> "~ " + rename.before() + ": renamed to "
                                        + FactId.quoted(rename.after().name())),
                        new SchemaChanges(differences).lines().stream())
                .toList();
    }

    /** All statements, in order. */
    public Stream<Statement> statements() {
        return parts.stream().flatMap(part -> part.statements().stream());
    }

    /**
     * What goes into one file.
     *
     * @param isTransactional whether it runs in one transaction
     * @param why it stands apart from the one before; null for the first
     */
    public record Part(boolean isTransactional, @Nullable String why, List<Statement> statements) {

        public Part {
            statements = List.copyOf(statements);
        }
    }

    /**
     * One statement.
     *
     * @param about the object that it is for
     * @param sql without its semicolon
     * @param irreversible what of the data before it does not bring back; null if it does
     */
    public record Statement(
            FactId about,
            String sql,
            List<Hazard> hazards,
            @Nullable String irreversible) {

        public Statement {
            hazards = List.copyOf(hazards);
        }
    }

    /**
     * Something that stays, though the wanted schema has it not.
     *
     * @param fact what
     * @param sql what would drop it
     */
    public record HeldBack(SchemaFact fact, String sql) {}
}
