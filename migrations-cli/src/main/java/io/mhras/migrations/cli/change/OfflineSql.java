package io.mhras.migrations.cli.change;

import io.mhras.migrations.MigrationException.InvalidTarget;
import io.mhras.migrations.OfflinePlan;
import io.mhras.migrations.Target;
import io.mhras.migrations.cli.connection.Database;
import io.mhras.migrations.cli.connection.ScriptWriter;
import io.mhras.migrations.cli.report.Answer;
import io.mhras.migrations.cli.terminal.ExitCode;
import io.mhras.migrations.engine.Migrator;
import java.io.PrintWriter;
import java.util.List;
import java.util.stream.Stream;

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
                Stream.of((from.isBlank() ? direction.usualFrom() : from).split(",", -1))
                        .map(Target::parse)
                        .toList(),
                Target.parse(to.isBlank() ? direction.usualTo() : to));
    }

    /** Writes it to standard output; needs no connection. */
    public ExitCode write(Database database, Answer answer) {
        ScriptWriter writer = database.scriptWriter();
        OfflinePlan plan = direction.planOffline(new Migrator(writer.driver(), database::load), from, to);
        if (plan.plan().isEmpty()) {
            throw new InvalidTarget(
                    "There is nothing to do from " + plan.from() + " to " + to + ".",
                    direction.otherWay(plan.from() + ":" + to));
        }
        plan.plan().notes().forEach(note -> answer.tell("note: " + note));
        PrintWriter out = answer.terminal().out();
        writer.scripts().accept(plan, out);
        out.flush();
        return ExitCode.DONE;
    }
}
