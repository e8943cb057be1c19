package io.mhras.migrations.postgresql.run;

import io.mhras.migrations.MigrationScript;
import io.mhras.migrations.MigrationScript.Batch;
import io.mhras.migrations.postgresql.sql.BatchStatement;
import io.mhras.migrations.postgresql.sql.SqlStatement;
import io.mhras.migrations.postgresql.wire.ApplicationName;
import io.mhras.migrations.postgresql.wire.QueryMessage;
import io.mhras.migrations.postgresql.wire.QuerySender;
import java.util.List;
import java.util.Objects;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A script whose one statement runs again and again, each time in a transaction of its own, until it changes no row: so that
 * millions of rows can be changed while others work with them.
 */
final class BatchedChange implements QuerySender.RowConsumer {

    private static final Logger log = LoggerFactory.getLogger(BatchedChange.class);

    // More often would make the history long, and a run that goes on looks at the rows, not at the history.
    private static final long RECORD_EVERY_NANOS = 10_000_000_000L;

    private final MigrationScript script;
    private final Batch batch;
    private long changed;

    BatchedChange(MigrationScript script) {
        this.script = script;
        this.batch = Objects.requireNonNull(script.options().batch(), "A batched script says so in its header");
    }

    /**
     * Runs all batches.
     *
     * @return a message that begins another transaction, so that what follows can stand in it
     */
    QueryMessage run(ScriptTransactions parts) {
        SqlStatement statement = new BatchStatement(script, batch).read(parts.strings());
        int number = parts.progress().done();
        long nextRecord = System.nanoTime();
        // Of one batch all rows may have been deleted by others meanwhile: the end is where the next one finds none
        // either.
        for (int without = 0; without < 2; number++) {
            parts.pause(batch.pause());
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
}
