package io.mhras.migrations.cli;

import io.mhras.migrations.MigrationPlan;
import io.mhras.migrations.MigrationPreview;
import io.mhras.migrations.ScriptPreview;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What JSON says of a dry run. */
record PreviewAnswer(String database, List<String> steps, List<String> notes, List<Script> scripts) {

    static PreviewAnswer of(MigrationPreview preview) {
        MigrationPlan plan = preview.plan();
        return new PreviewAnswer(
                plan.database(),
                plan.steps().stream().map(Object::toString).toList(),
                plan.notes(),
                preview.scripts().stream().map(Script::of).toList());
    }

    /** A script or a check. */
    record Script(
            String version,
            String script,
            int count,
            List<Statement> statements,
            @Nullable String doubt,
            @Nullable Stop stop) {

        static Script of(ScriptPreview preview) {
            ScriptPreview.Stop stop = preview.stop();
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
    record Statement(
            int line, String text, String state, @Nullable String note) {

        static Statement of(ScriptPreview.Statement statement) {
            return new Statement(
                    statement.line(), statement.text(), OutputOptions.words(statement.state()), statement.note());
        }
    }

    /** Where it would end in an error. */
    record Stop(String location, String reason, boolean sure) {}
}
