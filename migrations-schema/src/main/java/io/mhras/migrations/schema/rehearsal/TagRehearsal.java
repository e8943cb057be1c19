package io.mhras.migrations.schema.rehearsal;

import io.mhras.migrations.MigrationException;
import io.mhras.migrations.MigrationSet;
import io.mhras.migrations.schema.report.Proof;
import io.mhras.migrations.schema.report.RehearsedTag;
import java.time.Duration;

/** Brings databases that stand at tags to the present files. */
final class TagRehearsal {

    private final Stages stages;
    private final MigrationSet present;
    private final SchemaStates states;

    TagRehearsal(Stages stages, MigrationSet present, SchemaStates states) {
        this.stages = stages;
        this.present = present;
        this.states = states;
    }

    RehearsedTag from(String tag, MigrationSet files) {
        return new RehearsedTag(tag, files.migrations().size(), upgrade(tag, files));
    }

    private Proof upgrade(String tag, MigrationSet files) {
        long started = System.nanoTime();
        Stage stage = stages.empty();
        try {
            stage.apply(files.migrations());
        } catch (MigrationException e) {
            return Proof.failed(since(started), "The files of " + tag + " themselves: " + e.problem());
        }
        try {
            stage.apply(present.migrations());
        } catch (MigrationException e) {
            return Proof.failed(since(started), e.problem());
        }
        return Proof.of(since(started), stage.differencesFrom(states.last()));
    }

    private static Duration since(long started) {
        return Duration.ofNanos(System.nanoTime() - started);
    }
}
