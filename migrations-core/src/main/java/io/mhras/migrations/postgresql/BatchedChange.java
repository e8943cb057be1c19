package io.mhras.migrations.postgresql;

import io.mhras.migrations.MigrationException.InvalidMigration;
import io.mhras.migrations.MigrationException.TimedOut;
import io.mhras.migrations.MigrationScript;
import io.mhras.migrations.MigrationScript.Batch;
import io.mhras.migrations.SourceLocation;
import java.io.IOException;
import java.io.Reader;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A script whose one statement runs again and again, each time in a transaction of its own, until it changes no row: so that
 * millions of rows can be changed while others work with them.
 */
final class BatchedChange implements QuerySender.RowConsumer {

    private static final Logger log = LoggerFactory.getLogger(BatchedChange.class);
    private static final Pattern HEADER = Pattern.compile("(?im)^\\s*--\\s*migrate:batch\\b");
    private static final Set<String> CHANGING = Set.of("INSERT", "UPDATE", "DELETE", "MERGE");
    private static final Set<String> VERBS = Set.of("INSERT", "UPDATE", "DELETE", "MERGE", "SELECT", "VALUES", "TABLE");

    // More often would make the history long, and a run that goes on looks at the rows, not at the history.
    private static final long RECORD_EVERY_NANOS = 10_000_000_000L;

    private final MigrationScript script;
    private final Batch batch;
    private final ScriptParts parts;
    private long changed;

    BatchedChange(MigrationScript script, ScriptParts parts) {
        this.script = script;
        this.batch = Objects.requireNonNull(script.options().batch(), "A batched script says so in its header");
        this.parts = parts;
    }

    /**
     * Runs all batches.
     *
     * @return a message that begins another transaction, so that what follows can stand in it
     */
    QueryMessage run() {
        SqlStatement statement = withSize(onlyStatement());
        int number = parts.done();
        long nextRecord = System.nanoTime();
        // Of one batch all rows may have been deleted by others meanwhile: the end is where the next one finds none
        // either.
        for (int without = 0; without < 2; number++) {
            pause();
            long before = changed;
            QueryMessage message = parts.begin(null, 0)
                    .own(new ApplicationName(1, 1, number + 1, script.name()).set())
                    .add(statement, 1);
            if (System.nanoTime() - nextRecord >= 0) {
                parts.commit(message, number + 1, this);
                nextRecord = System.nanoTime() + RECORD_EVERY_NANOS;
            } else {
                parts.commitWithoutRow(message, number + 1, this);
            }
            without = changed > before ? 0 : without + 1;
        }
        log.info("{}: changed {} rows, in {} batches with those of earlier runs", script.name(), changed, number);
        return parts.begin(null, 0);
    }

    @Override
    public void changed(QueryMessage.Part part, long rows) {
        changed += part.number() > 0 ? rows : 0;
    }

    /** What RETURNING returns. */
    @Override
    public void accept(QueryMessage.Part part, List<List<QuerySender.Column>> rows) {
        changed(part, rows.size());
    }

    private void pause() {
        try {
            Thread.sleep(batch.pause().toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new TimedOut(
                    script.name() + " was interrupted between two batches; what is done stays.",
                    "Start again: it goes on there.");
        }
    }

    private SqlStatement onlyStatement() {
        try (Reader reader = script.open()) {
            SqlScript statements = new SqlScript(reader, parts.strings());
            SqlStatement only = statements.next();
            if (only == null || only.unclosed() != null || !CHANGING.contains(verb(only))) {
                throw refused(
                        only,
                        "a batch is one INSERT, UPDATE, DELETE or MERGE.",
                        "Write that, with ':batch' where the number of rows belongs.");
            }
            new ScriptGuard(script).admit(only);
            refuseWhatMayEndTooEarly(only);
            SqlStatement second = statements.next();
            if (second != null) {
                throw refused(
                        second,
                        "a script in batches has one statement, and this is the second.",
                        "Move it to another migration.");
            }
            return only;
        } catch (IOException e) {
            throw InvalidMigration.unreadable(script.location(), e);
        }
    }

    private void refuseWhatMayEndTooEarly(SqlStatement statement) {
        String words = String.join(" ", statement.leading(Integer.MAX_VALUE));
        if (words.contains("SKIP LOCKED")) {
            throw refused(
                    statement,
                    "with SKIP LOCKED the batches would end while rows are left that others have locked.",
                    "Take it out: a batch that gets no lock is tried again.");
        }
        if (words.startsWith("WITH ") && words.contains("DO NOTHING")) {
            throw refused(
                    statement,
                    "with DO NOTHING a batch that finds only rows which are there already would count as the last one.",
                    "Leave out such rows by a WHERE condition, or write DO UPDATE.");
        }
    }

    /** Whether a kept text is of a script in batches. */
    static boolean isIn(String text) {
        return HEADER.matcher(text).find();
    }

    /** Batches that are done are no statements that are done, nor the other way round. */
    static void refuseToMix(MigrationScript script, @Nullable String ran) {
        boolean isBatched = script.options().batch() != null;
        if (ran != null && isBatched != isIn(ran)) {
            throw new InvalidMigration(
                    "an earlier run stopped in the middle, and 'migrate:batch' was "
                            + (isBatched ? "added" : "taken out") + " since.",
                    SourceLocation.of(script.location()),
                    "Put the header back as it was.");
        }
    }

    /** The word that says what the statement does; of a WITH the one behind its queries. */
    private static String verb(SqlStatement statement) {
        SqlLexer tokens = statement.tokens();
        int parentheses = 0;
        while (tokens.nextSignificant() != SqlLexer.Kind.END) {
            if (tokens.isPunctuation('(')) {
                parentheses++;
            } else if (tokens.isPunctuation(')')) {
                parentheses--;
            } else if (parentheses == 0 && tokens.kind() == SqlLexer.Kind.WORD) {
                String word = tokens.text().toUpperCase(Locale.ROOT);
                if (VERBS.contains(word) || !statement.startsWith("with")) {
                    return word;
                }
            }
        }
        return "";
    }

    /** Puts the size in place of each {@code :batch}. */
    private SqlStatement withSize(SqlStatement statement) {
        StringBuilder text = new StringBuilder();
        int copied = 0;
        SqlLexer tokens = statement.tokens();
        while (tokens.nextSignificant() != SqlLexer.Kind.END) {
            if (tokens.kind() == SqlLexer.Kind.VARIABLE && tokens.text().equals(":batch")) {
                text.append(statement.text(), copied, tokens.start()).append(batch.size());
                copied = tokens.end();
            }
        }
        if (copied == 0) {
            throw refused(
                    statement,
                    "nothing in this statement says how many rows it changes at a time.",
                    "Write ':batch' where the number belongs, for example WHERE id IN (SELECT id FROM t WHERE new_column IS"
                            + " NULL LIMIT :batch).");
        }
        return statement.withText(
                text.append(statement.text().substring(copied)).toString());
    }

    private InvalidMigration refused(@Nullable SqlStatement statement, String problem, String remedy) {
        SqlPosition place = statement == null ? SqlPosition.START : statement.commandPosition();
        return new InvalidMigration(
                problem, new SourceLocation(script.location(), place.line(), place.column()), remedy);
    }
}
