package io.mhras.migrations.cli.report;

import io.mhras.migrations.MigrationException;
import io.mhras.migrations.MigrationException.InvalidTarget;
import io.mhras.migrations.cli.connection.Database;
import io.mhras.migrations.cli.options.InvalidSettingException;
import io.mhras.migrations.cli.options.OutputOptions;
import io.mhras.migrations.cli.report.Answer.Failure;
import io.mhras.migrations.cli.terminal.ExitCode;
import io.mhras.migrations.cli.terminal.Terminal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A verb's way through the databases that it works with: each gets its turn, and what is answered of all becomes one answer. */
public final class Turns {

    private final Terminal terminal;
    private final OutputOptions output;

    public Turns(Terminal terminal, OutputOptions output) {
        this.terminal = terminal;
        this.output = output;
    }

    /** What is about none of them in particular. */
    public Answer answer() {
        return new Answer(terminal, output);
    }

    /**
     * Each gets its turn, whatever the outcome of the one before; if there is only one, it is not named.
     *
     * @return the worst of what they returned
     * @throws InvalidTarget if none of them knows the version that is named
     */
    public ExitCode forEach(List<Database> databases, BiFunction<Database, Answer, ExitCode> verb) {
        return forEach(databases, verb, this::printJson);
    }

    /**
     * The same.
     *
     * @param last is given what was answered of each of several, by its kind
     */
    public ExitCode forEach(
            List<Database> databases,
            BiFunction<Database, Answer, ExitCode> verb,
            Consumer<Map<String, @Nullable Object>> last) {
        if (databases.size() == 1) {
            return verb.apply(databases.get(0), answer());
        }
        Round round = new Round(verb);
        ExitCode worst = ExitCode.DONE;
        for (Database database : databases) {
            worst = worst.orWorse(round.take(database));
        }
        leaveOut(round.strange, databases.size());
        last.accept(round.answers);
        return worst;
    }

    /** Each gets its turn as long as all goes well. */
    public ExitCode untilFailure(List<Database> databases, BiFunction<Database, Answer, ExitCode> verb) {
        Round round = new Round(verb);
        ExitCode code = ExitCode.DONE;
        for (Database database : databases) {
            if (code == ExitCode.DONE) {
                code = round.take(database);
            } else {
                round.leave(database);
            }
        }
        leaveOut(round.strange, databases.size());
        printJson(round.answers);
        return code;
    }

    /**
     * A version of one database may mean nothing in the other, which is left out then.
     *
     * @param strange the errors of those that do not know it
     * @param all how many there are
     * @throws InvalidTarget if that is all of them
     */
    public void leaveOut(Map<Database, InvalidTarget> strange, int all) {
        if (!strange.isEmpty() && strange.size() == all) {
            throw new InvalidTarget(
                    joined(strange, InvalidTarget::problem, "\n"), joined(strange, InvalidTarget::remedy, " "));
        }
        strange.forEach((database, failure) ->
                answer().tell("note: " + database.kind().title() + " is left out. " + failure.problem()));
    }

    /** What is the same for all is printed once. */
    private static String joined(
            Map<Database, InvalidTarget> failures, Function<InvalidTarget, String> part, String separator) {
        List<String> parts = failures.values().stream().map(part).distinct().toList();
        return parts.size() == 1
                ? parts.get(0)
                : failures.entrySet().stream()
                        .map(failure -> failure.getKey().kind().title() + ": " + part.apply(failure.getValue()))
                        .collect(Collectors.joining(separator));
    }

    private void printJson(Map<String, @Nullable Object> answers) {
        if (output.isJson()) {
            answer().printJson(answers);
        }
    }

    /** One turn of each. */
    private final class Round {

        private final BiFunction<Database, Answer, ExitCode> verb;
        private final Map<String, @Nullable Object> answers = new LinkedHashMap<>();
        private final Map<Database, InvalidTarget> strange = new LinkedHashMap<>();

        Round(BiFunction<Database, Answer, ExitCode> verb) {
            this.verb = verb;
        }

        ExitCode take(Database database) {
            try {
                return verb.apply(database, answer(database));
            } catch (InvalidTarget e) {
                strange.put(database, e);
                return ExitCode.DONE;
            } catch (MigrationException e) {
                answer(database).fail(String.valueOf(e.getMessage()));
                return ExitCode.of(e);
            } catch (InvalidSettingException e) {
                answer(database).fail(String.valueOf(e.getMessage()));
                return ExitCode.USAGE;
            }
        }

        void leave(Database database) {
            terminal.err().println(database.kind().title() + " was not begun.");
            answers.put(database.kind().toString(), new Failure("Not begun."));
        }

        private Answer answer(Database database) {
            return new Answer(terminal, output, database.kind(), answers);
        }
    }
}
