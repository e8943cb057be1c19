package io.mhras.migrations.cli.report;

import io.mhras.migrations.MigrationPlan;
import io.mhras.migrations.MigrationPreview;
import io.mhras.migrations.ScriptPreview;
import io.mhras.migrations.ScriptStop;
import io.mhras.migrations.cli.terminal.Wording;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A dry run in JSON. */
public record PreviewAnswer(String database, List<String> steps, List<String> notes, List<Script> scripts) {

    public static PreviewAnswer of(MigrationPreview preview) {
        MigrationPlan plan = preview.plan();
        return new PreviewAnswer(
                plan.database(),
                plan.steps().stream().map(Object::toString).toList(),
                plan.notes(),
                preview.scripts().stream().map(Script::of).toList());
    }

    /** A script or a check. */
    public record Script(
            String version,
            String script,
            int count,
            List<Statement> statements,
            @Nullable String doubt,
            @Nullable Stop stop) {

        static Script of(ScriptPreview preview) {
            ScriptStop stop = preview.stop();
            return new Script(
                    preview.step().version().toString(),
                    preview.script().name(),
                    preview.count(),
                    preview.statements().stream().map(Statement::of).toList(),
                    preview.doubt(),
                    stop == null ? null : new Stop(stop.location().toString(), stop.reason(), stop.isSure()));
        }
    }

    /** A statement of one. */
    public record Statement(
            int line, String text, String state, @Nullable String note) {

        static Statement of(ScriptPreview.Statement statement) {
            return new Statement(
                    statement.line(), statement.text(), Wording.words(statement.state()), statement.note());
        }
    }

    /** Where it would end in an error. */
    public record Stop(String location, String reason, boolean sure) {}
}
