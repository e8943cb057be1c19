package io.mhras.migrations.postgresql.sql;

import io.mhras.migrations.HistoryEntry;
import io.mhras.migrations.MigrationException.InvalidMigration;
import io.mhras.migrations.MigrationPlan;
import io.mhras.migrations.MigrationPreview;
import io.mhras.migrations.MigrationScript;
import io.mhras.migrations.MigrationStep;
import io.mhras.migrations.ScriptPreview;
import io.mhras.migrations.ScriptPreview.State;
import io.mhras.migrations.ScriptPreview.Statement;
import io.mhras.migrations.ScriptStop;
import java.io.IOException;
import java.io.Reader;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Lists the statements of scripts, without a server. */
public final class ScriptPreviewer {

    private static final int LONGEST_TEXT = 160;

    private final MigrationStep step;
    private final MigrationScript script;
    private final int done;
    private final List<Statement> shown = new ArrayList<>();
    private int count;

    private ScriptPreviewer(MigrationStep step, MigrationScript script, int done) {
        this.step = step;
        this.script = script;
        this.done = done;
    }

    public static MigrationPreview of(MigrationPlan plan) {
        List<ScriptPreview> scripts = new ArrayList<>();
        for (MigrationStep step : plan.steps()) {
            MigrationScript script = step.script();
            MigrationScript verify = step.verify();
            if (script != null) {
                scripts.add(new ScriptPreviewer(step, script, done(step.unfinished())).read());
            }
            if (verify != null) {
                scripts.add(new ScriptPreviewer(step, verify, 0).read());
            }
            if (scripts.stream().anyMatch(one -> one.stop() != null)) {
                break;
            }
        }
        return new MigrationPreview(plan, scripts);
    }

    private static int done(@Nullable HistoryEntry unfinished) {
        return unfinished == null ? 0 : Objects.requireNonNullElse(unfinished.statement(), 0);
    }

    private ScriptPreview read() {
        ScriptStop stop = null;
        try (Reader reader = script.open()) {
            read(new SqlScript(reader));
        } catch (InvalidMigration e) {
            stop = ScriptStop.of(e, script, true);
        } catch (IOException e) {
            throw InvalidMigration.unreadable(script.location(), e);
        }
        return new ScriptPreview(step, script, count, shown, null, stop);
    }

    private void read(SqlScript statements) throws IOException {
        ScriptGuard guard = new ScriptGuard(script);
        for (SqlStatement next = statements.next(); next != null; next = statements.next()) {
            guard.admit(next);
            if (next.kind() != SqlStatement.Kind.META_COMMAND && ++count <= ScriptPreview.MOST_SHOWN) {
                State state = count <= done ? State.DONE : State.PENDING;
                shown.add(new Statement(next.commandPosition().line(), line(next.text()), state, null));
            }
        }
    }

    private static String line(String sql) {
        String masked = Objects.requireNonNullElse(SqlMask.of(sql), "").strip().replaceAll("\\s+", " ");
        return masked.length() <= LONGEST_TEXT ? masked : masked.substring(0, LONGEST_TEXT) + "...";
    }
}
