package io.mhras.migrations.schema.rehearsal;

import io.mhras.migrations.Migration;
import io.mhras.migrations.MigrationException;
import io.mhras.migrations.MigrationSet;
import io.mhras.migrations.VerificationResult;
import io.mhras.migrations.schema.report.Proof;
import io.mhras.migrations.schema.report.RehearsalListener;
import io.mhras.migrations.schema.report.RehearsalListener.Phase;
import io.mhras.migrations.schema.report.RehearsalReport;
import io.mhras.migrations.schema.report.RehearsalScope;
import io.mhras.migrations.schema.report.RehearsedMigration;
import io.mhras.migrations.schema.report.RehearsedTag;
import io.mhras.migrations.schema.scratch.ScratchServer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** One rehearsal: up, down, up again, checks; after an up that failed nothing more is tried. */
public final class RehearsalRun {

    private final Stages stages;
    private final RehearsalScope scope;
    private final RehearsalListener listener;
    private final long started = System.nanoTime();

    public RehearsalRun(ScratchServer server, Stage.Setting setting, RehearsalScope scope, RehearsalListener listener) {
        this.stages = new Stages(server, setting, scope, listener);
        this.scope = scope;
        this.listener = listener;
    }

    /**
     * Does all of it.
     *
     * @throws MigrationException if nothing could be rehearsed at all
     */
    public RehearsalReport run() {
        try (stages) {
            listener.onPhase(Phase.PREPARATION, scope.before().size());
            Stage stage = stages.atStart();
            String server = stage.server();
            SchemaStates states = new SchemaStates(stage.snapshot());
            int all = scope.rehearsed().size();
            listener.onPhase(Phase.FIRST_UP, all);
            List<RehearsedMigration> migrations = new FirstUp(stage, states, server, listener).run(stages.applied(all));
            if (migrations.stream().anyMatch(one -> one.up().isFailure())) {
                return report(server, migrations, Proof.NOT_REHEARSED, List.of(), List.of());
            }
            listener.onPhase(Phase.DOWN, all);
            DownRun down = new DownRun(stages, stage, states, all, listener);
            down.run(migrations);
            listener.onPhase(Phase.SECOND_UP, all);
            stage = down.afterwards();
            Proof secondUp = secondUp(stage, states);
            List<VerificationResult.Check> checks = List.of();
            if (!secondUp.isFailure()) {
                listener.onPhase(Phase.CHECKS, 1);
                checks = stage.verify(stages.applied(all), List.of());
            }
            return report(server, migrations, secondUp, checks, tags(states));
        }
    }

    private RehearsalReport report(
            String server,
            List<RehearsedMigration> migrations,
            Proof secondUp,
            List<VerificationResult.Check> checks,
            List<RehearsedTag> tags) {
        return new RehearsalReport(
                server,
                scope.before().size(),
                migrations,
                secondUp,
                checks,
                tags,
                Duration.ofNanos(System.nanoTime() - started));
    }

    private List<RehearsedTag> tags(SchemaStates states) {
        List<RehearsedTag> tags = new ArrayList<>();
        if (!scope.tags().isEmpty()) {
            listener.onPhase(Phase.TAGS, scope.tags().size());
            TagRehearsal rehearsal = new TagRehearsal(
                    stages, MigrationSet.of(stages.applied(scope.rehearsed().size())), states);
            scope.tags().forEach((tag, files) -> {
                listener.onTag(tag);
                tags.add(rehearsal.from(tag, files));
            });
        }
        return tags;
    }

    private Proof secondUp(Stage stage, SchemaStates states) {
        long began = System.nanoTime();
        List<Migration> all = stages.applied(scope.rehearsed().size());
        try {
            stage.apply(all, stage.driver(), new Watch(Phase.SECOND_UP, listener));
        } catch (MigrationException e) {
            return Proof.failed(Duration.ofNanos(System.nanoTime() - began), e.problem());
        }
        Duration duration = Duration.ofNanos(System.nanoTime() - began);
        return Proof.of(duration, stage.differencesFrom(states.last()));
    }
}
