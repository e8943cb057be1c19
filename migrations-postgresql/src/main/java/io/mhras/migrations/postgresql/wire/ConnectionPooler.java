package io.mhras.migrations.postgresql.wire;

import io.mhras.migrations.MigrationException;
import io.mhras.migrations.MigrationException.Refused;
import io.mhras.migrations.text.SettingNames;
import java.sql.SQLException;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A connection pooler in front of the server, such as PgBouncer; migrations need one that keeps sessions. */
public final class ConnectionPooler {

    private static final Logger log = LoggerFactory.getLogger(ConnectionPooler.class);
    private static final int QUESTIONS = 8;
    private static final long PAUSE_MS = 25;
    private static final long LIMIT_NANOS = 2_000_000_000L;

    private final DataSource dataSource;
    private final BorrowedConnection first;
    private final QuerySender sender;
    private final int backend;
    private final Set<Integer> backendsOfAnother = ConcurrentHashMap.newKeySet();

    private ConnectionPooler(DataSource dataSource, BorrowedConnection first, QuerySender sender, int backend) {
        this.dataSource = dataSource;
        this.first = first;
        this.sender = sender;
        this.backend = backend;
    }

    /**
     * Makes sure, as far as can be seen, that the pooler keeps the first connection in one server session.
     *
     * @param backend the server process that the first connection has met so far
     * @throws Refused if it does not
     */
    public static void mustKeepSession(
            DataSource dataSource, BorrowedConnection first, QuerySender sender, int backend) {
        new ConnectionPooler(dataSource, first, sender, backend).refuseSwitching();
    }

    /**
     * The error that states why migrations cannot run through this pooler.
     *
     * @param consequence what that means for the run
     * @param evidence how it was seen
     * @param first what to do before all else; empty if there is nothing
     */
    static Refused refusal(String consequence, String evidence, String first) {
        return new Refused(
                consequence
                        + ": a connection pooler, such as PgBouncer, stands between the application and PostgreSQL, and"
                        + " gives each transaction another server session (" + evidence + "). The migration lock and"
                        + " what scripts SET would be in sessions that other clients use.",
                first + "Give the migrations a direct URL, past the pooler, in the setting"
                        + " " + SettingNames.quoted("postgresql.url")
                        + "; or let the pooler keep a server session for each connection"
                        + " (PgBouncer: pool_mode = session).");
    }

    /** The same where the run has not begun. */
    static Refused nothingDone(String evidence) {
        return refusal("Nothing was done", evidence, "");
    }

    /** The same where two server processes were met. */
    static Refused switched(int first, String second) {
        return nothingDone("one connection met the server processes " + first + " and " + second);
    }

    private void refuseSwitching() {
        // While no other client is active, a pooler gives one connection the same server session each time; two show
        // it.
        Thread other = new Thread(this::askFromAnother, "mhras-migrations-pooler");
        other.setDaemon(true);
        other.start();
        try {
            long deadline = System.nanoTime() + LIMIT_NANOS;
            do {
                pause(other);
                int now = backend(sender);
                if (now != backend) {
                    throw switched(backend, String.valueOf(now));
                }
            } while (other.isAlive() && System.nanoTime() < deadline);
        } finally {
            other.interrupt();
        }
        if (backendsOfAnother.contains(backend)) {
            throw nothingDone("two connections met the one server process " + backend);
        }
        if (backendsOfAnother.size() > 1) {
            throw nothingDone("one connection met the server processes " + backendsOfAnother);
        }
        log.info(
                "A connection pooler stands before PostgreSQL; {}",
                backendsOfAnother.isEmpty()
                        ? "for want of a second connection it was not seen whether it keeps sessions, as migrations need."
                        : "it keeps sessions, as migrations need.");
    }

    private static void pause(Thread other) {
        try {
            other.join(PAUSE_MS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new MigrationException.TimedOut(
                    "The look at the connection pooler was interrupted; nothing was done.", "Start again.");
        }
    }

    /** Not by the thread that migrates: the pool may have no second connection, or the pooler no second server session. */
    private void askFromAnother() {
        try {
            BorrowedConnection second = BorrowedConnection.from(dataSource);
            if (second.isSameAs(first.connection())) {
                // The data source has only one, and it is not ours to close.
                return;
            }
            try (second) {
                QuerySender another = second.sender(new Notices());
                for (int i = 0; i < QUESTIONS && !Thread.currentThread().isInterrupted(); i++) {
                    backendsOfAnother.add(backend(another));
                }
            }
        } catch (SQLException | RuntimeException e) {
            log.debug("There is no second connection", e);
        }
    }

    private static int backend(QuerySender sender) {
        AtomicInteger backend = new AtomicInteger();
        sender.send(
                new QueryMessage().own("SELECT pg_backend_pid()"),
                (part, row) ->
                        backend.set(Integer.parseInt(String.valueOf(row.get(0).text()))));
        return backend.get();
    }
}
