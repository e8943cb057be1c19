package io.mhras.migrations.cli.change;

import io.mhras.migrations.MigrationException.InvalidTarget;
import io.mhras.migrations.OfflinePlan;
import io.mhras.migrations.Target;
import io.mhras.migrations.cli.connection.Database;
import io.mhras.migrations.cli.connection.ScriptWriter;
import io.mhras.migrations.cli.report.Answer;
import io.mhras.migrations.cli.terminal.ExitCode;
import io.mhras.migrations.cli.terminal.Screen.Stream;
import io.mhras.migrations.cli.terminal.Terminal;
import java.io.StringWriter;
import java.io.Writer;
import java.util.Arrays;
import java.util.List;

/**
 * The SQL for psql from one version to another.
 *
 * @param from where the database stands; several versions if it has several branches
 * @param to where it is to go
 */
public record OfflineSql(Direction direction, List<Target> from, Target to) {

    /** Reads {@code 003:007}; {@code 003,004:007} for a database with two branches; or {@code 007}, which begins where a database usually stands. */
    public static OfflineSql parse(Direction direction, String range) {
        int colon = range.indexOf(':');
        String from = range.substring(0, Math.max(0, colon));
        String to = range.substring(colon + 1);
        return new OfflineSql(
                direction,
                Arrays.stream((from.isBlank() ? direction.usualFrom() : from).split(",", -1))
                        .map(Target::parse)
                        .toList(),
                Target.parse(to.isBlank() ? direction.usualTo() : to));
    }

    /** Writes it to standard output; needs no connection. */
    public ExitCode write(Database database, Answer answer) {
        ScriptWriter writer = database.scriptWriter();
        OfflinePlan plan = direction.planOffline(database.offlineMigrator(writer), from, to);
        if (plan.plan().isEmpty()) {
            throw new InvalidTarget(
                    "There is nothing to do from " + plan.from() + " to " + to + ".",
                    direction.otherWay(plan.from() + ":" + to));
        }
        plan.plan().notes().forEach(note -> answer.tell("note: " + note));
        if (answer.isJson()) {
            StringWriter sql = new StringWriter();
            writer.scripts().accept(plan, sql);
            answer.printJson(new Document(sql.toString()));
        } else {
            writer.scripts().accept(plan, script(answer.terminal()));
            answer.terminal().out().flush();
        }
        return ExitCode.DONE;
    }

    /** The answer in JSON. */
    private record Document(String sql) {}

    /** A file or psql gets it as it is; on a terminal somebody reads it. */
    private static Writer script(Terminal terminal) {
        return terminal.is(Stream.OUTPUT) ? terminal.out() : terminal.out().exact();
    }
}
