package io.mhras.migrations.schema.rehearsal;

import io.mhras.migrations.Migration;
import io.mhras.migrations.MigrationSet;
import io.mhras.migrations.Target;
import io.mhras.migrations.schema.report.RehearsalListener;
import io.mhras.migrations.schema.report.RehearsalScope;
import io.mhras.migrations.schema.scratch.ScratchServer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The scratch databases of a rehearsal, one at a time: where it may use but one, there is none beside it. */
final class Stages implements AutoCloseable {

    private final ScratchServer server;
    private final Stage.Setting setting;
    private final RehearsalScope scope;
    private final RehearsalListener listener;
    private @Nullable Stage current;

    Stages(ScratchServer server, Stage.Setting setting, RehearsalScope scope, RehearsalListener listener) {
        this.listener = listener;
        this.server = server;
        this.setting = setting;
        this.scope = scope;
    }

    /** A new one with nothing in it but the history; the one before is gone then. */
    Stage empty() {
        close();
        Stage stage = new Stage(server.create("a rehearsal"), setting);
        current = stage;
        if (setting.isKept()) {
            listener.onNote("The scratch database stays: " + stage.database().url());
        }
        stage.prepareHistory();
        return stage;
    }

    /** A new one on which all is as before the first of what is rehearsed. */
    Stage atStart() {
        Stage stage = empty();
        if (scope.schema() == null) {
            stage.apply(scope.before());
        } else {
            load(scope.schema(), stage);
            stage.migrator(stage.driver(), stage.sent(scope.before())).stamp(Target.HEAD);
        }
        if (scope.data() != null) {
            load(scope.data(), stage);
        }
        return stage;
    }

    private void load(Path file, Stage stage) {
        MigrationSet dump = Dump.of(file);
        server.require(dump);
        Dump.load(dump, stage);
    }

    /** A new one on which so many of the rehearsed ones are applied. */
    Stage after(int rehearsed) {
        Stage stage = atStart();
        if (rehearsed > 0) {
            stage.apply(applied(rehearsed));
        }
        return stage;
    }

    /** What is applied once so many of the rehearsed ones are. */
    List<Migration> applied(int rehearsed) {
        List<Migration> now = scope.rehearsed().subList(0, rehearsed);
        List<Migration> applied = new ArrayList<>(scope.before());
        applied.removeIf(earlier ->
                now.stream().anyMatch(migration -> migration.version().equals(earlier.version())));
        applied.addAll(now);
        return applied;
    }

    /** Whether it is there before, with an earlier text: a repeatable that has changed. */
    boolean replaces(Migration migration) {
        return scope.before().stream().anyMatch(earlier -> earlier.version().equals(migration.version()));
    }

    @Override
    public void close() {
        if (current != null) {
            current.close();
            current = null;
        }
    }
}
