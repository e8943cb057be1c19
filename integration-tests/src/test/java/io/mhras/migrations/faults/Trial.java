package io.mhras.migrations.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.mhras.migrations.MigrationStatus.Summary;
import io.mhras.migrations.Target;
import io.mhras.migrations.engine.Migrator;
import io.mhras.migrations.processes.MigrateProcess;
import io.mhras.migrations.processes.MigrateWorker;
import io.mhras.migrations.processes.MigrateWorker.Answer;
import io.mhras.migrations.processes.MigrateWorker.Connections;
import io.mhras.migrations.processes.MigrateWorker.Ending;
import io.mhras.migrations.testing.FaultProxy;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.sql.DataSource;

/** One run that is broken, its database, and what has to hold for it. */
final class Trial implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(90);
    private static final long PAUSE_MS = 20;

    private final Lab lab;
    private final Fault fault;
    private final Expectation expectation;
    private final Random random;
    private final Databases databases;
    private final String name;
    private Connections connections;
    private final FaultProxy proxy;
    private final StringBuilder story = new StringBuilder();
    private CompletableFuture<Answer> answer = new CompletableFuture<>();

    /** How a trial went. */
    enum Outcome {
        /** The run was done all the same. */
        FINISHED_BY_ITSELF,
        /** The run stopped, and the next start did the rest. */
        FINISHED_BY_THE_NEXT_START
    }

    Trial(Lab lab, Fault fault, Expectation expectation, Random random) {
        this.lab = lab;
        this.fault = fault;
        this.expectation = expectation;
        this.random = random;
        this.databases = lab.databases(fault);
        this.name = lab.newName();
        this.connections = random.nextBoolean() ? Connections.POOL_OF_ONE : Connections.EACH_NEW;
        databases.create(name);
        this.proxy = FaultProxy.on(databases.url(name));
    }

    /** Breaks the run, once or again and again; then nothing may be lost. */
    Outcome run() {
        Outcome outcome = Outcome.FINISHED_BY_ITSELF;
        int strikes = random.nextInt(3) == 0 ? 1 + random.nextInt(3) : 1;
        for (int i = 0; i < strikes; i++) {
            Answer struck = fault.strike().on(this);
            tell(struck);
            assertThat(struck.ending()).as("the run's error is one for users").isNotEqualTo(Ending.BROKEN);
            nothingIsLeftBehind();
            historyAndSchemaAgree();
            if (struck.ending() != Ending.DONE) {
                outcome = Outcome.FINISHED_BY_THE_NEXT_START;
            }
        }
        begin();
        Answer last = answer();
        tell(last);
        assertThat(last.ending()).as("the next start finishes the work").isEqualTo(Ending.DONE);
        nothingIsLeftBehind();
        historyAndSchemaAgree();
        allIsAsIfNothingHadBeen();
        return outcome;
    }

    private void tell(Answer last) {
        story.append(last.ending())
                .append(last.text().isEmpty() ? "" : ": " + last.text())
                .append("\n  history: ")
                .append(RecordedHistory.of(dataSource()))
                .append('\n');
    }

    private void nothingIsLeftBehind() {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        // The server finishes the statement of a process that is gone before it sees that.
        List<String> leftovers = databases.leftovers(name);
        while (!leftovers.isEmpty() && System.nanoTime() - deadline < 0) {
            sleep(Duration.ofMillis(PAUSE_MS));
            leftovers = databases.leftovers(name);
        }
        assertThat(leftovers)
                .as("no lock, no transaction, no session that is not clean stays")
                .isEmpty();
    }

    private void historyAndSchemaAgree() {
        assertThat(expectation.contradiction(RecordedHistory.of(dataSource()), DatabaseState.of(dataSource())))
                .as("history and schema agree")
                .isEmpty();
    }

    private void allIsAsIfNothingHadBeen() {
        assertThat(RecordedHistory.of(dataSource()).fingerprints())
                .as("each migration is applied once")
                .isEqualTo(expectation.end());
        Migrator migrator = MigrateProcess.migrator(databases.url(name), lab.folder());
        migrator.validate(Target.HEAD);
        assertThat(migrator.status().summary()).isEqualTo(Summary.UP_TO_DATE);
    }

    /** What is set for the database holds in new sessions only. */
    void withoutPool() {
        connections = Connections.EACH_NEW;
    }

    /** Starts the migration. */
    void begin() {
        lab.worker().resetLog();
        answer = lab.worker().migrate(proxy.url(), lab.folder(), connections);
    }

    /** Waits for a moment at which the migration is probably at work. */
    void letItRun() {
        long nanos = (long) (expectation.duration().toNanos() * 1.1 * random.nextDouble());
        try {
            answer.get(nanos, TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            // It is at work.
            story.append("struck after ").append(nanos / 1_000_000).append(" ms\n");
        } catch (InterruptedException | ExecutionException e) {
            throw new IllegalStateException(e);
        }
    }

    boolean isOver() {
        return answer.isDone();
    }

    /** What the process says in the end. */
    Answer answer() {
        try {
            return answer.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        } catch (TimeoutException e) {
            throw new AssertionError("It hangs: " + databases.leftovers(name), e);
        } catch (InterruptedException | ExecutionException e) {
            throw new IllegalStateException(e);
        }
    }

    MigrateWorker worker() {
        return lab.worker();
    }

    Lab lab() {
        return lab;
    }

    Expectation expectation() {
        return expectation;
    }

    Random random() {
        return random;
    }

    Databases databases() {
        return databases;
    }

    /** The database's name. */
    String database() {
        return name;
    }

    FaultProxy proxy() {
        return proxy;
    }

    DataSource dataSource() {
        return databases.dataSource(name);
    }

    static void sleep(Duration duration) {
        try {
            Thread.sleep(duration.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** What has happened so far. */
    String story() {
        return "connections: " + connections + "\n" + story + lab.worker().log();
    }

    /** Notes what is done to the run. */
    void note(Object what) {
        story.append(what).append('\n');
    }

    @Override
    public void close() {
        proxy.close();
        databases.drop(name);
    }
}
