package io.mhras.migrations.cli;

import io.mhras.migrations.cli.change.Direction;
import io.mhras.migrations.cli.change.OfflineSql;
import io.mhras.migrations.cli.connection.Database;
import io.mhras.migrations.cli.terminal.ExitCode;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code migrations script}: the SQL to be run with psql. Needs no database. */
@Command(
        name = "script",
        mixinStandardHelpOptions = true,
        description = {
            "Write the SQL to run with psql: scripts, transactions, checks and history. Needs no database.",
            "It refuses to run where the database does not stand where it begins."
        },
        footer = {
            "",
            "Example: migrations script 003:007 > release.sql",
            "         psql -v ON_ERROR_STOP=1 -f release.sql",
            "         migrations script --down 007:003 > back.sql"
        })
final class ScriptCommand extends DatabaseVerb {

    @Parameters(
            arity = "0..1",
            paramLabel = "FROM:TO",
            description =
                    "The version that the database has, and the one that it is to get; only the latter: from base."
                            + " A database with several branches has several: 003,004:005."
                            + " Default: base:head, with --down head:-1.")
    String range = "";

    @Option(names = "--down", description = "Take migrations back: FROM is the higher version.")
    boolean down;

    @Override
    ExitCode run(Invocation call) {
        Database database = call.databases().forScripts();
        return OfflineSql.parse(down ? Direction.DOWN : Direction.UP, range)
                .write(database, call.turns().answer());
    }
}
