package io.mhras.migrations;

import static java.util.stream.Collectors.joining;

import io.mhras.migrations.MigrationActivity.Session;
import io.mhras.migrations.ScriptPreview.State;
import io.mhras.migrations.ScriptPreview.Statement;
import io.mhras.migrations.text.VisibleText;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;

/**
 * Writes plans, previews and activity for people: the same words in exceptions, the log, the command line and the endpoint.
 * Control characters of names, statements and data are shown, not passed on.
 *
 * <p>It is next to the values, not in the engine, since a driver that waits for the lock has to report who holds it.
 */
public final class MigrationPrinter {

    private static final int MAX_SQL = 120;
    private static final int INDENT = 11;

    private MigrationPrinter() {}

    /** A line for each step, then the notes. */
    public static String plan(MigrationPlan plan) {
        return VisibleText.of(title(plan)
                + plan.steps().stream().map(step -> "  " + step + "\n").collect(joining())
                + notes(plan));
    }

    /** A line for each script, with what is in doubt and where one would stop; then the plan's notes. */
    public static String summary(MigrationPreview preview) {
        return preview(preview, MigrationPrinter::summary);
    }

    /** The same with each statement; what is in doubt follows a line that says so. */
    public static String statements(MigrationPreview preview) {
        return preview(preview, MigrationPrinter::statements);
    }

    /** What runs, in one line. */
    public static String activity(MigrationActivity activity) {
        String none = activity.phase() == null ? "preparing the next script" : "no script yet";
        StringBuilder line = new StringBuilder(activity.script().isEmpty() ? none : activity.script());
        if (activity.statement() > 0) {
            line.append(", statement ").append(activity.statement());
            line.append(activity.statements() == null ? "" : " of " + activity.statements());
        }
        line.append(", for ").append(seconds(activity.elapsed()));
        if (activity.sql() != null) {
            line.append(": ").append(shorten(activity.sql()));
        }
        if (activity.phase() != null) {
            line.append("; ").append(activity.phase());
        }
        if (activity.percent() != null) {
            line.append(", ").append(Math.round(activity.percent())).append(" %");
        }
        if (activity.waitsFor() != null) {
            line.append("; waits for ").append(activity.waitsFor());
        }
        if (!activity.blockedBy().isEmpty()) {
            line.append(activity.blockedBy().stream()
                    .map(MigrationPrinter::session)
                    .collect(joining("; by ", ", held by ", "")));
        }
        return VisibleText.of(line.toString());
    }

    /** The session, its state and since when, and its statement, in one line. */
    public static String session(Session session) {
        String query = session.query();
        return VisibleText.of(
                sessionWithoutQuery(session) + (query == null || query.isBlank() ? "" : ": " + shorten(query)));
    }

    /** The session, its state and since when. */
    public static String sessionWithoutQuery(Session session) {
        return VisibleText.of("process " + session.id() + " (user " + session.user() + ", application '"
                + session.application() + "'" + (session.address() == null ? "" : ", from " + session.address()) + ")"
                + (session.state().equals("hidden")
                        ? ""
                        : ", " + session.state() + " for " + seconds(session.inState())));
    }

    private static String title(MigrationPlan plan) {
        return plan.database()
                + (plan.isEmpty() ? ": nothing to do\n" : ": " + plan.steps().size() + " to do\n");
    }

    private static String notes(MigrationPlan plan) {
        return plan.notes().stream().map(note -> "  note: " + note + "\n").collect(joining());
    }

    private static String preview(MigrationPreview preview, Function<ScriptPreview, String> words) {
        return VisibleText.of(title(preview.plan())
                + preview.plan().steps().stream()
                        .map(step -> preview(preview, step, words))
                        .collect(joining())
                + notes(preview.plan()));
    }

    private static String preview(MigrationPreview preview, MigrationStep step, Function<ScriptPreview, String> words) {
        List<ScriptPreview> seen = preview.scripts().stream()
                .filter(script -> script.step().equals(step))
                .toList();
        if (seen.isEmpty()) {
            return "  " + step + (step.body() == null ? "\n" : ": not reached\n");
        }
        return seen.stream().map(words).collect(joining());
    }

    private static String summary(ScriptPreview script) {
        return title(script) + (script.doubt() == null ? "" : indented(script.doubt())) + ending(script);
    }

    private static String statements(ScriptPreview script) {
        StringBuilder text = new StringBuilder(title(script));
        String untold = script.doubt();
        for (Statement statement : script.statements()) {
            if (untold != null && statement.state() == State.UNCERTAIN) {
                text.append(indented(untold));
                untold = null;
            }
            text.append(line(statement));
        }
        int more = script.count() - script.statements().size();
        return text.append(
                        more == 0
                                ? ""
                                : indented(String.format(Locale.ROOT, "... in all %,d statements", script.count())))
                .append(untold == null ? "" : indented(untold))
                .append(ending(script))
                .toString();
    }

    private static String line(Statement statement) {
        String place = statement.line() == 0 ? "" : Integer.toString(statement.line());
        String state = switch (statement.state()) {
            case DONE -> "  -- done already";
            case IN_DOUBT -> "  -- in doubt: it is looked up whether it was done";
            case PENDING, UNCERTAIN -> "";
        };
        String note = statement.note() == null ? "" : "  -- " + statement.note();
        return String.format(Locale.ROOT, "%9s  %s%s\n", place, statement.text(), state + note);
    }

    private static String title(ScriptPreview script) {
        String name = script.isCheck()
                ? "check " + script.script().name()
                : script.step().toString();
        int count = script.count();
        return String.format(Locale.ROOT, "  %s: %,d statement%s\n", name, count, count == 1 ? "" : "s");
    }

    private static String ending(ScriptPreview script) {
        ScriptStop stop = script.stop();
        if (stop == null) {
            return "";
        }
        int line = stop.location().line();
        String place = line == 0 ? "Stops: " : "Stops in line " + line + ": ";
        return indented(
                place + stop.reason() + (stop.isSure() ? "" : "\nThat may be due to the dry run: see the line above."));
    }

    private static String indented(String text) {
        return text.indent(INDENT);
    }

    private static String seconds(Duration duration) {
        return duration.toSeconds() + " s";
    }

    private static String shorten(String sql) {
        String line = sql.strip().replaceAll("\\s+", " ");
        return line.length() <= MAX_SQL ? line : line.substring(0, MAX_SQL) + "...";
    }
}
