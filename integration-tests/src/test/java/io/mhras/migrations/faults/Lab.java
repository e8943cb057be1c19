package io.mhras.migrations.faults;

import io.mhras.migrations.processes.MigrateWorker;
import io.mhras.migrations.processes.MigrateWorker.Answer;
import io.mhras.migrations.processes.MigrateWorker.Connections;
import io.mhras.migrations.processes.MigrateWorker.Ending;
import io.mhras.migrations.testing.FaultProxy;
import io.mhras.migrations.testing.FaultProxy.Direction;
import io.mhras.migrations.testing.OwnServer;
import io.mhras.migrations.testing.TestServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What trials share: servers, a process that migrates, and the mix of migrations at hand. */
final class Lab implements AutoCloseable {

    private final OwnServer ownServer = OwnServer.start();
    private final Path parent;
    private final int processes;
    private final Map<Databases, Expectation> expectations = new HashMap<>();
    private MigrateWorker worker = MigrateWorker.start();
    private @Nullable MigrationMix mix;
    private Path folder;
    private int databases;

    /**
     * A lab.
     *
     * @param parent where migration files go
     * @param processes how many processes are many
     */
    Lab(Path parent, int processes) {
        this.parent = parent;
        this.processes = processes;
        this.folder = parent;
    }

    OwnServer ownServer() {
        return ownServer;
    }

    int processes() {
        return processes;
    }

    /** Where databases for this fault are: on the server that the tests are held against, if it bears the fault. */
    Databases databases(Fault fault) {
        boolean another = !System.getProperty("test.postgres.url", "").isEmpty()
                || !System.getProperty("test.postgres.image", "").isEmpty();
        return new Databases(
                another && fault.server() == Fault.Bearer.ANY_SERVER ? TestServer.adminUrl() : ownServer.adminUrl());
    }

    String newName() {
        databases++;
        return "faults_" + ProcessHandle.current().pid() + "_" + databases;
    }

    /** The oldest version of PostgreSQL among the servers. */
    int oldestVersion() {
        return Fault.ALL.stream()
                .map(this::databases)
                .distinct()
                .mapToInt(Databases::majorVersion)
                .min()
                .orElseThrow();
    }

    /** The process that migrates; a new one if it was killed. */
    MigrateWorker worker() {
        if (!worker.isAlive()) {
            worker = MigrateWorker.start();
        }
        return worker;
    }

    /** The folder of the mix at hand. */
    Path folder() {
        return folder;
    }

    /** What is to come of a mix where this fault strikes; from here on it is the mix at hand. */
    Expectation expect(MigrationMix next, Fault fault) {
        if (!next.equals(mix)) {
            expectations.clear();
            mix = next;
            try {
                folder = Files.createTempDirectory(parent, "mix");
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            next.writeTo(folder);
        }
        return expectations.computeIfAbsent(databases(fault), server -> undisturbed(next, server));
    }

    private Expectation undisturbed(MigrationMix next, Databases server) {
        List<List<DatabaseState>> states;
        String name = newName();
        server.create(name);
        try {
            states = Expectation.states(next, server.dataSource(name));
        } finally {
            server.drop(name);
        }
        // The first one makes the process warm.
        measured(next, server, states);
        return measured(next, server, states);
    }

    private Expectation measured(MigrationMix next, Databases server, List<List<DatabaseState>> states) {
        String name = newName();
        server.create(name);
        try (FaultProxy proxy = FaultProxy.on(server.url(name))) {
            proxy.arm(null);
            long started = System.nanoTime();
            Answer answer =
                    worker().migrate(proxy.url(), folder, Connections.EACH_NEW).join();
            Duration duration = Duration.ofNanos(System.nanoTime() - started);
            RecordedHistory history = RecordedHistory.of(server.dataSource(name));
            Expectation expectation = new Expectation(
                    next,
                    states,
                    history.fingerprints(),
                    duration,
                    Map.of(
                            Direction.TO_SERVER, proxy.passed(Direction.TO_SERVER),
                            Direction.TO_CLIENT, proxy.passed(Direction.TO_CLIENT)),
                    FaultProxy.WORDS.stream().collect(Collectors.toMap(word -> word, proxy::sent)));
            String contradiction = expectation.contradiction(history, DatabaseState.of(server.dataSource(name)));
            if (answer.ending() != Ending.DONE || !contradiction.isEmpty()) {
                throw new AssertionError("An undisturbed run ends otherwise than psql would: " + answer.text() + "\n"
                        + contradiction + worker().log());
            }
            return expectation;
        } finally {
            server.drop(name);
        }
    }

    @Override
    public void close() {
        worker.close();
        ownServer.close();
    }
}
