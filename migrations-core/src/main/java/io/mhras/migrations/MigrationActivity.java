package io.mhras.migrations;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What migrates a database at this moment, in whichever process.
 *
 * @param script the name of the script that runs; empty while none does
 * @param version its migration; null if no file of ours has that name
 * @param statement which of its statements runs, from 1; 0 if that is not known
 * @param statements how many it has; null if that is not known
 * @param sql the statement, without the values in it; null if no file of ours has it
 * @param since when what is sent to the server began, by the server's clock; other statements may have been sent with it
 * @param elapsed how long ago that is, by the server's clock
 * @param phase what the server says it does; null if it says nothing
 * @param percent how far it is in that phase, 0 to 100; null if nobody knows
 * @param waitsFor what it waits for, in the server's words; null if it works
 * @param session the session that migrates
 * @param blockedBy those that it waits for
 */
public record MigrationActivity(
        String script,
        @Nullable MigrationVersion version,
        int statement,
        @Nullable Integer statements,
        @Nullable String sql,
        Instant since,
        Duration elapsed,
        @Nullable String phase,
        @Nullable Double percent,
        @Nullable String waitsFor,
        Session session,
        List<Session> blockedBy) {

    private static final int MAX_SQL = 120;
    private static final int MAX_COUNTED = 10_000;

    // Behind that, to read the file to the statement takes longer than the statement.
    private static final int MAX_STATEMENTS = 1_000;

    public MigrationActivity {
        blockedBy = List.copyOf(blockedBy);
    }

    /**
     * A session of the database.
     *
     * @param id what the server calls it, for example a process id
     * @param user who it belongs to
     * @param application what it calls itself
     * @param address where it comes from; null if from the server's own machine, or hidden
     * @param state what it does: {@code active}, {@code idle in transaction}, ...; {@code hidden} from who may not see it
     * @param inState for how long, by the server's clock
     * @param query what it runs, or ran last, without the values in it; null if that is hidden
     */
    public record Session(
            String id,
            String user,
            String application,
            @Nullable String address,
            String state,
            Duration inState,
            @Nullable String query) {

        /** In a line. */
        public String describe() {
            return withoutQuery() + (query == null || query.isBlank() ? "" : ": " + shorten(query));
        }

        /** Who it is, and since when it does what it does. */
        public String withoutQuery() {
            return "process " + id + " (user " + user + ", application '" + application + "'"
                    + (address == null ? "" : ", from " + address) + ")"
                    + (state.equals("hidden") ? "" : ", " + state + " for " + seconds(inState));
        }
    }

    /**
     * The same, with what only somebody who has the files knows.
     *
     * @param last what was known before; the file is read again only for another statement
     */
    public MigrationActivity with(@Nullable MigrationActivity last, MigrationSet files, MigrationDriver driver) {
        if (last != null && last.version != null && last.statement == statement && isShortFor(last.script)) {
            return of(last.script, last.version, last.statements, last.sql);
        }
        return files.migrations().stream()
                .flatMap(migration -> Stream.of(migration.up(), migration.down(), migration.verify())
                        .filter(Objects::nonNull)
                        .filter(file -> isShortFor(file.name()))
                        .map(file -> of(migration, file, total(last, file, driver), driver)))
                .findFirst()
                .orElse(this);
    }

    /** A server may show the beginning of the name only, and no letters but ASCII. */
    private boolean isShortFor(String name) {
        return !script.isEmpty()
                && name.length() >= script.length()
                && IntStream.range(0, script.length())
                        .allMatch(i -> script.charAt(i) == name.charAt(i) || script.charAt(i) == '?');
    }

    private MigrationActivity of(
            Migration migration, MigrationScript file, @Nullable Integer total, MigrationDriver driver) {
        boolean isNear = statement > 0 && statement <= MAX_STATEMENTS;
        String text = isNear ? driver.statement(file, statement).orElse(null) : null;
        return of(file.name(), migration.version(), total, text == null ? sql : text);
    }

    /** The process that runs a long script has not counted its statements. */
    private @Nullable Integer total(@Nullable MigrationActivity last, MigrationScript file, MigrationDriver driver) {
        if (statements != null) {
            return statements;
        }
        if (last != null && last.script.equals(file.name())) {
            return last.statements;
        }
        int counted = driver.countStatements(file, MAX_COUNTED);
        return counted < MAX_COUNTED ? Integer.valueOf(counted) : null;
    }

    private MigrationActivity of(
            String name, MigrationVersion itsVersion, @Nullable Integer total, @Nullable String text) {
        return new MigrationActivity(
                name, itsVersion, statement, total, text, since, elapsed, phase, percent, waitsFor, session, blockedBy);
    }

    /** In a line. */
    public String describe() {
        StringBuilder line = new StringBuilder(script.isEmpty() ? "between two scripts" : script);
        if (statement > 0) {
            line.append(", statement ").append(statement);
            line.append(statements == null ? "" : " of " + statements);
        }
        line.append(", for ").append(seconds(elapsed));
        if (sql != null) {
            line.append(": ").append(shorten(sql));
        }
        if (phase != null) {
            line.append("; ").append(phase);
        }
        if (percent != null) {
            line.append(", ").append(Math.round(percent)).append(" %");
        }
        if (waitsFor != null) {
            line.append("; waits for ").append(waitsFor);
        }
        if (!blockedBy.isEmpty()) {
            line.append(
                    blockedBy.stream().map(Session::describe).collect(Collectors.joining("; by ", ", held by ", "")));
        }
        return line.toString();
    }

    private static String seconds(Duration duration) {
        return duration.toSeconds() + " s";
    }

    private static String shorten(String sql) {
        String line = sql.strip().replaceAll("\\s+", " ");
        return line.length() <= MAX_SQL ? line : line.substring(0, MAX_SQL) + "...";
    }
}
