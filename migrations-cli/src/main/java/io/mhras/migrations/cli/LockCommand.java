package io.mhras.migrations.cli;

import io.mhras.migrations.MigrationActivity;
import io.mhras.migrations.MigrationActivity.Session;
import io.mhras.migrations.MigrationPrinter;
import io.mhras.migrations.cli.connection.Database;
import io.mhras.migrations.cli.connection.DatabaseConnection;
import io.mhras.migrations.cli.report.Answer;
import io.mhras.migrations.cli.terminal.ExitCode;
import java.util.Optional;
import picocli.CommandLine.Command;

/** {@code migrations lock}: who holds the migration lock. */
@Command(
        name = "lock",
        mixinStandardHelpOptions = true,
        description = {
            "Show who holds the migration lock, and since when.",
            "There is no way to take it away, and no need. In PostgreSQL it belongs to a session of the database and goes"
                    + " with it; to end that session, as its user or a superuser: SELECT pg_terminate_backend(<process>)."
                    + " In MongoDB it is free a while after its holder has stopped to prolong it."
        },
        footer = {"", "Example: migrations lock"})
final class LockCommand extends DatabaseVerb {

    @Override
    ExitCode run(Invocation call) {
        return call.forEach(this::lock);
    }

    private ExitCode lock(Database database, Answer answer) {
        DatabaseConnection connection = database.connection();
        Optional<Session> holder = connection.driver().activity().map(MigrationActivity::session);
        if (answer.isJson()) {
            answer.printJson(holder.orElse(null));
        } else {
            answer.println(holder.map(session ->
                            "Held by " + MigrationPrinter.session(session) + "\n" + connection.lockEnd(session))
                    .orElse("The migration lock is free."));
        }
        return ExitCode.DONE;
    }
}
