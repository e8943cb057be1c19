package io.mhras.migrations.cli.rehearsal;

import io.mhras.migrations.Migration;
import io.mhras.migrations.cli.connection.Cancellation;
import io.mhras.migrations.cli.report.Answer;
import io.mhras.migrations.cli.terminal.StepBar;
import io.mhras.migrations.schema.report.RehearsalListener;
import io.mhras.migrations.schema.report.RehearsalReport;
import io.mhras.migrations.schema.report.RehearsalScope;
import io.mhras.migrations.schema.report.RehearsalText;
import io.mhras.migrations.schema.report.RehearsedMigration;

/** Shows a rehearsal while it runs: a block for each migration as soon as it is done, and how far all of it is. */
public final class RehearsalProgress implements RehearsalListener, AutoCloseable {

    private final Answer answer;
    private final Cancellation.Run run;
    private final StepBar bar;
    private boolean isHeadless = true;

    /** @param run what ends it before its end */
    public RehearsalProgress(Answer answer, Cancellation.Run run, RehearsalScope scope) {
        this.answer = answer;
        this.run = run;
        this.bar = new StepBar(
                answer.terminal(),
                // Up, down, and up once more.
                3 * scope.rehearsed().size() + scope.tags().size());
    }

    @Override
    public void onNote(String note) {
        answer.tell("note: " + note);
    }

    @Override
    public void onPhase(Phase phase, int steps) {
        if (phase == Phase.FIRST_UP) {
            head("Up, one by one");
        } else if (phase == Phase.DOWN) {
            head("Down, the newest first");
        }
    }

    @Override
    public void onStep(Phase phase, Migration migration) {
        run.requireGoing();
        bar.step((phase == Phase.DOWN ? "down " : "up ") + migration.title());
    }

    @Override
    public void onTag(String tag) {
        run.requireGoing();
        bar.step("from " + tag);
    }

    @Override
    public void onUp(RehearsedMigration rehearsed) {
        print(RehearsalText.up(rehearsed), rehearsed.up().isFailure());
    }

    @Override
    public void onDown(RehearsedMigration rehearsed) {
        print(RehearsalText.down(rehearsed), rehearsed.down().isFailure());
    }

    /** What is left to be told once it is over. */
    public void end(RehearsalReport report) {
        close();
        String again = RehearsalText.secondUp(report);
        if (!again.isEmpty()) {
            head("Up once more");
            print(again, report.secondUp().isFailure());
        }
        if (!report.checks().isEmpty()) {
            head("Checks at the end");
            print(RehearsalText.checks(report), false);
        }
        if (!report.tags().isEmpty()) {
            head("From tags to the present files");
            report.tags()
                    .forEach(tag -> print(RehearsalText.tag(tag), tag.upgrade().isFailure()));
        }
        if (!answer.isJson()) {
            answer.print((isHeadless ? "" : "\n") + RehearsalText.verdict(report));
        }
    }

    private void head(String title) {
        if (!answer.isJson() && !answer.isQuiet()) {
            answer.println((isHeadless ? "" : "\n") + title);
            isHeadless = false;
        }
    }

    private void print(String block, boolean isFailure) {
        if (!answer.isJson() && (isFailure || !answer.isQuiet())) {
            answer.print(block.indent(2));
        }
    }

    @Override
    public void close() {
        bar.close();
    }
}
