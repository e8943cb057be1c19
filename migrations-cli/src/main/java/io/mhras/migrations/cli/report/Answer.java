package io.mhras.migrations.cli.report;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.mhras.migrations.DatabaseKind;
import io.mhras.migrations.MigrationResult;
import io.mhras.migrations.cli.options.OutputOptions;
import io.mhras.migrations.cli.terminal.Colours;
import io.mhras.migrations.cli.terminal.ExitCode;
import io.mhras.migrations.cli.terminal.OutputRecord;
import io.mhras.migrations.cli.terminal.Terminal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a verb says: the answer itself, to standard output, and all else, to standard error. */
public final class Answer {

    private final Terminal terminal;
    private final OutputOptions output;
    private final @Nullable DatabaseKind kind;
    private final Map<String, @Nullable Object> answers;
    private boolean isBegun;

    /** The whole answer. */
    Answer(Terminal terminal, OutputOptions output) {
        this(terminal, output, null, new LinkedHashMap<>());
    }

    /**
     * The answer for one of several databases.
     *
     * @param answers those of all, by their kind, of which JSON is made in the end
     */
    Answer(
            Terminal terminal,
            OutputOptions output,
            @Nullable DatabaseKind kind,
            Map<String, @Nullable Object> answers) {
        this.terminal = terminal;
        this.output = output;
        this.kind = kind;
        this.answers = answers;
    }

    public Terminal terminal() {
        return terminal;
    }

    public Colours colours() {
        return new Colours(terminal, output.colour);
    }

    /** Whether it arrives, as far as is known. */
    public boolean isRead() {
        return terminal.out().failure() == null;
    }

    public boolean isJson() {
        return output.isJson();
    }

    public boolean isQuiet() {
        return output.quiet;
    }

    public boolean isVerbose() {
        return output.verbose;
    }

    /** The answer, or a part of it; that of each of several databases begins with a heading. */
    public void print(String text) {
        begin();
        terminal.out().print(text);
        terminal.out().flush();
    }

    private void begin() {
        if (kind != null && !isBegun) {
            isBegun = true;
            boolean isFirst = answers.isEmpty();
            answers.putIfAbsent(kind.toString(), null);
            terminal.out().print((isFirst ? "" : "\n") + "== " + kind.title() + " ==\n");
        }
    }

    public void println(String line) {
        print(line + "\n");
    }

    /** A line of it in a style. */
    public void println(String style, String line) {
        begin();
        colours().printAnswer(style, line);
        println("");
    }

    /** The answer as JSON; with several databases their answers become one document. */
    public void printJson(@Nullable Object answer) {
        if (kind == null) {
            print(Json.of(answer) + "\n");
        } else {
            answers.put(kind.toString(), answer);
        }
    }

    /** What a run by scripts came to, and in JSON what they said. */
    public void print(MigrationResult result, OutputRecord output, String inWords) {
        if (isJson()) {
            printJson(new RunAnswer(result, output.lines(), output.leftOut()));
        } else {
            print(result, inWords);
        }
    }

    private record RunAnswer(
            @JsonUnwrapped MigrationResult result,
            List<OutputRecord.Line> output,
            @Nullable Integer outputLeftOut) {}

    /** What a run came to. */
    public ExitCode print(MigrationResult result, String inWords) {
        if (isJson()) {
            printJson(result);
            return ExitCode.DONE;
        }
        result.notes().forEach(note -> tell("note: " + note));
        if (!isQuiet()) {
            println(result.database() + ": " + inWords);
        }
        return ExitCode.DONE;
    }

    /** What went wrong. */
    public void fail(String message) {
        fail(new Failure(message));
    }

    /** The same, of a run by scripts. */
    public void fail(String message, OutputRecord output) {
        fail(new Failure(message, output.lines(), output.leftOut()));
    }

    private void fail(Failure failure) {
        String message = failure.error();
        terminal.err().println(kind == null ? message : kind.title() + ": " + message + "\n");
        answerWith(failure);
    }

    /** Why nothing was done, though nothing went wrong. */
    public void refuse(String message) {
        tell(message);
        answerWith(new Failure(message));
    }

    private void answerWith(Failure failure) {
        if (kind != null) {
            answers.put(kind.toString(), failure);
        } else if (isJson()) {
            printJson(failure);
        }
    }

    /** Why there is no other answer, in JSON. */
    record Failure(
            String error,
            @Nullable List<OutputRecord.Line> output,
            @Nullable Integer outputLeftOut) {
        Failure(String error) {
            this(error, null, null);
        }
    }

    /** All that is not the answer. */
    public void tell(String line) {
        if (!isQuiet()) {
            terminal.err().println(kind == null ? line : kind.title() + ": " + line);
        }
    }

    /** Where there are several databases: whose progress follows. */
    public void tellTurn() {
        if (!isQuiet() && kind != null) {
            terminal.err().println(kind.title() + ":");
        }
    }
}
