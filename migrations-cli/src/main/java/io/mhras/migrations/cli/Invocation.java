package io.mhras.migrations.cli;

import io.mhras.migrations.cli.connection.Cancellation;
import io.mhras.migrations.cli.connection.Database;
import io.mhras.migrations.cli.connection.Databases;
import io.mhras.migrations.cli.report.Answer;
import io.mhras.migrations.cli.report.Turns;
import io.mhras.migrations.cli.terminal.ExitCode;
import java.util.function.BiFunction;

/**
 * What a verb works with.
 *
 * @param databases from which it takes those that it is for
 * @param turns how it works through them
 * @param cancellation what {@code Ctrl-C} does
 */
record Invocation(Databases databases, Turns turns, Cancellation cancellation) {

    /** Does it with the databases that are asked for or configured. */
    ExitCode forEach(BiFunction<Database, Answer, ExitCode> verb) {
        return turns.forEach(databases.usual(), verb);
    }

    /** Does it with what there are files for, which takes no database. */
    ExitCode forEachWithFiles(BiFunction<Database, Answer, ExitCode> verb) {
        return turns.forEach(databases.forReading(), verb);
    }

    /** Does it with a database that has to be the only one; else refuses, in these words. */
    ExitCode forOne(String refusal, BiFunction<Database, Answer, ExitCode> verb) {
        return turns.forEach(databases.onlyOne(refusal), verb);
    }
}
