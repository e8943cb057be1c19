package io.mhras.migrations.benchmarks;

import io.mhras.migrations.benchmarks.Server.Database;
import io.mhras.migrations.benchmarks.WorkerProcess.Work;
import io.mhras.migrations.benchmarks.contestant.Entrant;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/**
 * Migrations for an empty database, and how to tell that they were applied.
 *
 * @param folder the files that suit the contestant
 * @param count the query that counts what they make
 * @param expected what it must answer
 */
record Assignment(Function<Entrant, Path> folder, String count, long expected) {

    static Assignment small(MigrationFiles files, int migrations) {
        return new Assignment(entrant -> files.small(migrations, entrant), MigrationFiles.COUNT_SMALL, migrations);
    }

    static Assignment notes(MigrationFiles files, int migrations) {
        return new Assignment(entrant -> files.notes(migrations, entrant), MigrationFiles.COUNT_ROWS, migrations);
    }

    static Assignment inserts(MigrationFiles files, int rows) {
        return new Assignment(entrant -> files.inserts(rows, entrant), MigrationFiles.COUNT_ROWS, rows);
    }

    static Assignment megabytes(MigrationFiles files, int megabytes) {
        return new Assignment(
                entrant -> files.megabytes(megabytes, entrant),
                MigrationFiles.COUNT_ROWS,
                MigrationFiles.rowsOf(megabytes));
    }

    static Assignment returnedRows(MigrationFiles files, int rows) {
        return new Assignment(entrant -> files.returnedRows(rows, entrant), MigrationFiles.COUNT_ROWS, 1);
    }

    /** Lets a worker do it, over new connections, on a new database that is gone afterwards. */
    List<Sample> run(Server server, Entrant entrant, WorkerProcess worker) {
        return run(server, entrant, worker, url -> url);
    }

    /** The same by another way to the server. */
    List<Sample> run(Server server, Entrant entrant, WorkerProcess worker, UnaryOperator<String> way) {
        try (Database database = server.newDatabase()) {
            worker.openDirect(way.apply(database.url()), folder.apply(entrant));
            server.settle();
            List<Sample> samples = worker.run(Work.MIGRATE, 1);
            database.expect(count, expected);
            return samples;
        }
    }
}
