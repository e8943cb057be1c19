package io.mhras.migrations.cli;

import io.mhras.migrations.MigrationException;
import io.mhras.migrations.MigrationException.InvalidTarget;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A verb's way through several databases: whose turn it is, and what it answered of each. */
final class Turns {

    private final DatabaseCommand command;
    private final List<Kind> kinds;
    private final Map<String, @Nullable Object> answers = new LinkedHashMap<>();
    private final Map<Kind, InvalidTarget> strange = new LinkedHashMap<>();
    private @Nullable Kind current;
    private boolean isAnswerBegun;

    Turns(DatabaseCommand command, List<Kind> kinds) {
        this.command = command;
        this.kinds = kinds;
    }

    /**
     * Each gets its turn, whatever became of the one before.
     *
     * @return the worst of what they returned
     * @throws InvalidTarget if none of them knows the version that is named
     */
    ExitCode forEach(Function<Kind, ExitCode> verb) {
        ExitCode worst = ExitCode.DONE;
        for (Kind kind : kinds) {
            worst = worst.orWorse(take(kind, verb));
        }
        return end(worst);
    }

    /** Each gets its turn as long as all goes well. */
    ExitCode untilFailure(Function<Kind, ExitCode> verb) {
        for (Kind kind : kinds) {
            ExitCode code = take(kind, verb);
            if (code != ExitCode.DONE) {
                kinds.subList(kinds.indexOf(kind) + 1, kinds.size())
                        .forEach(next -> command.terminal().err().println(next.title() + " was not begun."));
                return end(code);
            }
        }
        return end(ExitCode.DONE);
    }

    /**
     * A version of one database may mean nothing in the other, which is left out then.
     *
     * @param strange what they say who do not know it
     * @throws InvalidTarget if that is all of them
     */
    static void leaveOut(DatabaseCommand command, Map<Kind, InvalidTarget> strange, List<Kind> all) {
        if (!strange.isEmpty() && strange.size() == all.size()) {
            throw new InvalidTarget(
                    joined(strange, InvalidTarget::problem, "\n"), joined(strange, InvalidTarget::remedy, " "));
        }
        strange.forEach(
                (kind, failure) -> command.tell("note: " + kind.title() + " is left out. " + failure.problem()));
    }

    /** What all say alike is said once. */
    private static String joined(
            Map<Kind, InvalidTarget> failures, Function<InvalidTarget, String> part, String separator) {
        List<String> parts = failures.values().stream().map(part).distinct().toList();
        return parts.size() == 1
                ? parts.get(0)
                : failures.entrySet().stream()
                        .map(failure -> failure.getKey().title() + ": " + part.apply(failure.getValue()))
                        .collect(Collectors.joining(separator));
    }

    private ExitCode take(Kind kind, Function<Kind, ExitCode> verb) {
        current = kind;
        isAnswerBegun = false;
        try {
            return verb.apply(kind);
        } catch (InvalidTarget e) {
            strange.put(kind, e);
            return ExitCode.DONE;
        } catch (MigrationException e) {
            return failed(kind, e, ExitCode.of(e));
        } catch (InvalidSettingException e) {
            return failed(kind, e, ExitCode.USAGE);
        }
    }

    /** Says what went wrong with one of them. */
    ExitCode failed(Kind kind, RuntimeException failure, ExitCode code) {
        command.terminal().err().println(kind.title() + ": " + failure.getMessage() + "\n");
        answers.put(kind.toString(), new Failure(String.valueOf(failure.getMessage())));
        return code;
    }

    /** What JSON says of one that failed. */
    record Failure(String error) {}

    /** In front of what is said of one of them beside the answer. */
    String title() {
        return current == null ? "" : current.title() + ": ";
    }

    /** Above what is told of one of them while it has its turn. */
    String heading() {
        return current == null ? "" : current.title() + ":";
    }

    /** The answer of each begins with a heading. */
    void beginAnswer() {
        Kind kind = current;
        if (kind == null || isAnswerBegun) {
            return;
        }
        isAnswerBegun = true;
        boolean isFirst = answers.isEmpty();
        answers.putIfAbsent(kind.toString(), null);
        command.terminal().out().print((isFirst ? "" : "\n") + "== " + kind.title() + " ==\n");
    }

    /** One of them answers; they become one document. */
    void answer(@Nullable Object answer) {
        answers.put(String.valueOf(current), answer);
    }

    private ExitCode end(ExitCode code) {
        current = null;
        leaveOut(command, strange, kinds);
        command.answerAll(answers);
        return code;
    }
}
