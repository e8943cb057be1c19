package io.mhras.migrations.faults;

import io.mhras.migrations.processes.MigrateWorker.Answer;
import io.mhras.migrations.processes.MigrateWorker.Ending;
import io.mhras.migrations.testing.FaultProxy;
import io.mhras.migrations.testing.FaultProxy.Direction;
import io.mhras.migrations.testing.FaultProxy.Manner;
import io.mhras.migrations.testing.FaultProxy.Server;
import io.mhras.migrations.testing.FaultProxy.Then;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import org.assertj.core.api.Assertions;

/**
 * A way to break a run at a random moment.
 *
 * @param name what users would call it
 * @param server which server has to bear it
 * @param strike how
 */
record Fault(String name, Bearer server, Strike strike) {

    /** All that can happen, in the order of the trials. */
    static final List<Fault> ALL = List.of(
            new Fault("process killed", Bearer.ANY_SERVER, trial -> {
                trial.begin();
                trial.letItRun();
                trial.worker().kill();
                return trial.answer();
            }),
            new Fault("many processes, some killed", Bearer.ANY_SERVER, Crowd::migrate),
            new Fault("backend terminated", Bearer.ANY_SERVER, signalled("pg_terminate_backend")),
            new Fault("statement cancelled", Bearer.ANY_SERVER, signalled("pg_cancel_backend")),
            onServer("server restarted", trial -> trial.lab().ownServer().restart()),
            onServer(
                    "server shut down immediately",
                    trial -> trial.lab().ownServer().shutDownImmediately()),
            onServer("postmaster killed", trial -> trial.lab().ownServer().killPostmaster()),
            onServer(
                    "backend killed",
                    trial -> trial.lab()
                            .ownServer()
                            .killBackends(trial.databases().backends(trial.database()))),
            new Fault("connection cut", Bearer.ANY_SERVER, trial -> {
                Direction direction = pick(trial, Direction.values());
                Manner manner = pick(trial, Manner.values());
                return proxied(trial, new FaultProxy.Cut(direction, place(trial, direction), manner));
            }),
            cutAfter("COMMIT"),
            cutAfter("CONCURRENTLY"),
            new Fault("connection frozen, then cut", Bearer.ANY_SERVER, trial -> frozen(trial, Then.CUT)),
            new Fault("connection frozen, then free", Bearer.ANY_SERVER, trial -> {
                Answer answer = frozen(trial, Then.RELEASE);
                Assertions.assertThat(answer.ending())
                        .as("a pause of the network stops nothing: %s", answer.text())
                        .isEqualTo(Ending.DONE);
                return answer;
            }),
            new Fault("deadlock with traffic", Bearer.ANY_SERVER, Traffic::deadlock),
            new Fault("lock held by traffic", Bearer.ANY_SERVER, Traffic::holdLock),
            new Fault("disk full", Bearer.ANY_SERVER, Shortage::diskFull),
            new Fault("disk full for the history", Bearer.ANY_SERVER, Shortage::diskFullForHistory),
            new Fault("temp_file_limit", Bearer.ANY_SERVER, Shortage::temporaryFilesFull),
            new Fault("statement_timeout", Bearer.ANY_SERVER, Shortage::statementTimeout));

    private static final int LONGEST_FREEZE_MS = 1_500;

    /** A server that bears a fault. */
    enum Bearer {
        /** The server that the tests are held against. */
        ANY_SERVER,
        /** A server that nobody else uses. */
        OWN_SERVER
    }

    /** Starts a run, breaks it, and waits until it is over. */
    interface Strike {
        Answer on(Trial trial);
    }

    private interface Blow {
        void on(Trial trial);
    }

    private static Fault onServer(String name, Blow blow) {
        return new Fault(name, Bearer.OWN_SERVER, trial -> {
            trial.begin();
            trial.letItRun();
            blow.on(trial);
            return trial.answer();
        });
    }

    private static Strike signalled(String function) {
        return trial -> {
            trial.begin();
            trial.letItRun();
            for (long pid : trial.databases().backends(trial.database())) {
                trial.databases().admin().queryForList("SELECT " + function + "(?::int)", pid);
            }
            return trial.answer();
        };
    }

    private static Fault cutAfter(String word) {
        return new Fault("connection cut after " + word + " was sent", Bearer.ANY_SERVER, trial -> {
            long all = trial.expectation().sent().getOrDefault(word, 0L);
            long nth = 1 + trial.random().nextLong(all);
            return proxied(trial, new FaultProxy.CutAfter(word, nth, pick(trial, Server.values())));
        });
    }

    private static Answer frozen(Trial trial, Then then) {
        Direction direction = pick(trial, Direction.values());
        Duration duration = Duration.ofMillis(trial.random().nextInt(LONGEST_FREEZE_MS));
        return proxied(trial, new FaultProxy.Stall(direction, place(trial, direction), duration, then));
    }

    private static Answer proxied(Trial trial, FaultProxy.Fault fault) {
        trial.note(fault);
        trial.proxy().arm(fault);
        trial.begin();
        Answer answer = trial.answer();
        trial.proxy().arm(null);
        return answer;
    }

    private static long place(Trial trial, Direction direction) {
        long all = trial.expectation().bytes().getOrDefault(direction, 0L);
        return (long) (all * trial.random().nextDouble());
    }

    private static <T> T pick(Trial trial, T[] values) {
        Random random = trial.random();
        return List.of(values).get(random.nextInt(values.length));
    }
}
