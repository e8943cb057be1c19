package io.mhras.migrations.cli.author;

import io.mhras.migrations.cli.options.InvalidSettingException;
import io.mhras.migrations.cli.terminal.Terminal;
import io.mhras.migrations.schema.DiffOptions;
import io.mhras.migrations.schema.FactId;
import io.mhras.migrations.schema.Rename;
import io.mhras.migrations.schema.RenameDecision;
import io.mhras.migrations.schema.RenameQuestion;
import io.mhras.migrations.schema.SchemaFact;
import io.mhras.migrations.schema.SchemaSnapshot;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What was renamed: as the command line says, or as the user answers. */
public final class RenameAnswers implements RenameDecision {

    private final PlanOptions options;
    private final @Nullable Terminal terminal;
    private final Set<String> unused;
    private boolean isGivenUp;

    /** @param terminal where a user can be asked; null if there is none */
    public RenameAnswers(PlanOptions options, @Nullable Terminal terminal) {
        this.options = options;
        this.terminal = terminal;
        this.unused = new HashSet<>(options.renames());
        options.renames().stream().filter(one -> !one.contains("=")).forEach(one -> {
            throw new InvalidSettingException(
                    "--rename " + one + " does not say the new name.", "Write --rename OLD=NEW.");
        });
    }

    @Override
    public @Nullable DiffOptions decide(List<RenameQuestion> questions, DiffOptions soFar) {
        List<Rename> renames = new ArrayList<>(soFar.renames());
        Set<String> none = new HashSet<>(soFar.noRenames());
        for (RenameQuestion question : questions) {
            if (options.isNothingElseRenamed()) {
                none.add(question.gone().qualifiedName());
            } else if (terminal == null || !ask(question, renames, none, terminal)) {
                return null;
            }
        }
        return soFar.renaming(renames).notRenaming(none);
    }

    @Override
    public List<Rename> given(SchemaSnapshot from, SchemaSnapshot to) {
        Map<FactId, SchemaFact> before = from.byId();
        Map<FactId, SchemaFact> after = to.byId();
        List<Rename> renames = new ArrayList<>();
        for (String rename : options.renames()) {
            int equals = rename.indexOf('=');
            String name = rename.substring(equals + 1);
            before.keySet().stream()
                    .filter(id -> !after.containsKey(id) && isNamed(id, rename.substring(0, equals)))
                    .map(id -> new Rename(id, called(id, name)))
                    .filter(one -> after.containsKey(one.after()))
                    .findFirst()
                    .ifPresent(one -> {
                        unused.remove(rename);
                        renames.add(one);
                    });
        }
        return renames;
    }

    /** The same object under another name; that of a routine is followed by its arguments. */
    private static FactId called(FactId id, String name) {
        List<String> path = new ArrayList<>(id.path());
        int last = path.lastIndexOf(id.name());
        path.set(last, name.substring(name.lastIndexOf('.') + 1).replace("\"", ""));
        return new FactId(id.kind(), path);
    }

    private static boolean isNamed(FactId id, String name) {
        String qualified = id.qualifiedName();
        return qualified.equals(name) || qualified.endsWith("." + name);
    }

    private boolean ask(RenameQuestion question, List<Rename> renames, Set<String> none, Terminal user) {
        FactId gone = question.gone();
        if (question.candidates().size() == 1) {
            FactId candidate = question.candidates().get(0);
            String answer = user.ask("Is the " + candidate + " the renamed " + gone
                            + "?  [y] rename   [n] not the same   [q] quit:")
                    .toLowerCase(Locale.ROOT);
            switch (answer) {
                case "y", "yes" -> renames.add(new Rename(gone, candidate));
                case "n", "no" -> none.add(gone.qualifiedName());
                default -> {
                    isGivenUp = true;
                    return false;
                }
            }
            return true;
        }
        StringBuilder list = new StringBuilder("Which one is the renamed " + gone + "?\n");
        for (int i = 0; i < question.candidates().size(); i++) {
            list.append("  [")
                    .append(i + 1)
                    .append("] ")
                    .append(question.candidates().get(i))
                    .append('\n');
        }
        String answer = user.ask(list + "  [n] none of them   [q] quit:").toLowerCase(Locale.ROOT);
        if (answer.equals("n") || answer.equals("no")) {
            none.add(gone.qualifiedName());
            return true;
        }
        for (int i = 0; i < question.candidates().size(); i++) {
            if (answer.equals(String.valueOf(i + 1))) {
                renames.add(new Rename(gone, question.candidates().get(i)));
                return true;
            }
        }
        isGivenUp = true;
        return false;
    }

    /** Whether the user did not want to go on. */
    public boolean isGivenUp() {
        return isGivenUp;
    }

    /**
     * Checks that each rename that was given was one.
     *
     * @throws InvalidSettingException if one was not
     */
    public void requireAllUsed() {
        unused.stream().sorted().findFirst().ifPresent(rename -> {
            throw new InvalidSettingException(
                    "--rename " + rename
                            + ": there is nothing of the first name that is gone, or nothing like it of the"
                            + " second that came.",
                    "Correct the names: with the table for a column, as patients.surname=family_name.");
        });
    }

    /** What to say where nobody answered, a line each. */
    public static List<String> unanswered(List<RenameQuestion> questions) {
        List<String> lines = new ArrayList<>();
        for (RenameQuestion question : questions) {
            FactId gone = question.gone();
            String names = String.join(
                    ", ", question.candidates().stream().map(FactId::toString).toList());
            String first = String.join(
                    "; or ",
                    question.candidates().stream()
                            .map(candidate ->
                                    "--rename " + gone.qualifiedName() + "=" + FactId.quoted(candidate.name()))
                            .toList());
            lines.add("The " + gone + " is gone, and came: " + names + ". That may be a rename: " + first
                    + "; or --no-rename " + gone.qualifiedName() + " if it is none.");
        }
        return lines;
    }
}
