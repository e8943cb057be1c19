package io.mhras.migrations.cli;

import io.mhras.migrations.MigrationActivity;
import java.util.Optional;
import picocli.CommandLine.Command;

/** {@code migrations lock}: who holds the migration lock. */
@Command(
        name = "lock",
        mixinStandardHelpOptions = true,
        description = {
            "Show who holds the migration lock, and since when.",
            "There is no way to take it away, and no need: it belongs to a session of the database and goes with it."
                    + " To end that session, as its user or a superuser: SELECT pg_terminate_backend(<process>)."
        },
        footer = {"", "Example: migrations lock"})
final class LockCommand extends DatabaseCommand {

    @Override
    public Integer call() {
        Optional<MigrationActivity.Session> holder =
                database.driver(terminal()).activity().map(MigrationActivity::session);
        if (output.isJson()) {
            print(holder.map(Json::of).orElse("null") + "\n");
        } else {
            println(holder.map(session -> "Held by " + session.describe()).orElse("Nobody holds the migration lock."));
        }
        return ExitCode.DONE.code();
    }
}
