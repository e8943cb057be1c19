package io.mhras.migrations.schema.author;

import io.mhras.migrations.Migration;
import io.mhras.migrations.MigrationException.Refused;
import io.mhras.migrations.MigrationSet;
import io.mhras.migrations.schema.DiffOptions;
import io.mhras.migrations.schema.Draft;
import io.mhras.migrations.schema.Draft.RepeatablesObject;
import io.mhras.migrations.schema.Naming;
import io.mhras.migrations.schema.PostgresServer;
import io.mhras.migrations.schema.Reload;
import io.mhras.migrations.schema.RenameDecision;
import io.mhras.migrations.schema.SchemaPlan;
import io.mhras.migrations.schema.SchemaSnapshot;
import io.mhras.migrations.schema.SchemaSource;
import io.mhras.migrations.schema.WantedSchema;
import io.mhras.migrations.schema.rehearsal.Stage;
import io.mhras.migrations.schema.scratch.ScratchServer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Makes the schemas, compares them, and writes what leads from one to the other. */
public final class Authoring {

    private final ScratchServer server;
    private final Stage.Setting setting;
    private final @Nullable LiveStart live;
    private final ProofCase failures;

    /**
     * An author on this server.
     *
     * @param setting what is the same on each scratch database
     * @param live with the database to begin with; null for what the migrations make
     * @param caseFolder where a proof that failed is kept; null for nowhere
     */
    public Authoring(
            ScratchServer server, Stage.Setting setting, @Nullable PostgresServer live, @Nullable Path caseFolder) {
        this.server = server;
        this.setting = setting;
        this.live = live == null ? null : new LiveStart(live, setting);
        this.failures = new ProofCase(caseFolder);
    }

    /** What takes one schema to the other. */
    public SchemaPlan diff(SchemaSource from, SchemaSource to, DiffOptions options, RenameDecision decision) {
        SchemaSnapshot before = snapshot(from);
        SchemaSnapshot made = snapshot(to);
        requireOneVersion(from, before, to, made);
        SchemaSnapshot after = to instanceof SchemaSource.Scripts scripts
                ? scripts.schema().adapting().apply(before, made)
                : made;
        try (Stage texts = stage("loading texts again")) {
            return new Decided(
                            before,
                            after,
                            setting.reload().apply(texts.database().dataSource()))
                    .plan(options, decision)
                    .plan();
        }
    }

    /** The texts of another major version say the same in other words. */
    private static void requireOneVersion(
            SchemaSource from, SchemaSnapshot before, SchemaSource to, SchemaSnapshot after) {
        if (before.majorVersion() != after.majorVersion()) {
            throw new Refused(
                    from.name() + " is on PostgreSQL " + before.majorVersion() + ", and " + to.name()
                            + " on PostgreSQL " + after.majorVersion() + ": their texts cannot be compared.",
                    "Compare on servers of one major version.");
        }
    }

    private SchemaSnapshot snapshot(SchemaSource source) {
        if (source instanceof SchemaSource.Migrations migrations) {
            return live == null ? replayed(migrations.files()) : live.snapshot(migrations.files());
        }
        if (source instanceof SchemaSource.Scripts scripts) {
            return loaded(scripts.schema());
        }
        return setting.reader().read(((SchemaSource.Live) source).server().named());
    }

    private Stage stage(String purpose) {
        return new Stage(server.create(purpose), setting);
    }

    private SchemaSnapshot loaded(WantedSchema wanted) {
        WantedScripts scripts = WantedScripts.of(wanted);
        scripts.requireHarmless(server);
        try (Stage stage = stage("the wanted schema")) {
            scripts.load(stage);
            return stage.snapshot();
        }
    }

    private SchemaSnapshot replayed(MigrationSet files) {
        server.require(files);
        try (Stage stage = stage("the migrations")) {
            stage.prepareHistory();
            stage.apply(files.migrations());
            return stage.snapshot();
        }
    }

    /** The files, of which each was run up and down. */
    public Draft draft(
            MigrationSet files, WantedSchema wanted, DiffOptions options, RenameDecision decision, Naming naming) {
        SchemaSnapshot there = live == null ? null : live.snapshot(files);
        SchemaSnapshot made = loaded(wanted);
        server.require(files);
        try (Stage stage = stage("the migrations")) {
            stage.prepareHistory();
            Repeatables repeatables =
                    there == null ? Repeatables.applied(files, stage) : liveStart(there, files, stage);
            SchemaSnapshot before = repeatables.after();
            SchemaSnapshot after = wanted.adapting().apply(before, made);
            Reload reload = setting.reload().apply(stage.database().dataSource());
            List<RepeatablesObject> elsewhere = repeatables.changes(after, options, reload);
            Decided decided = new Decided(before, repeatables.keptIn(after), reload);
            Decided.Answered answered = decided.plan(options, decision);
            SchemaPlan plan = answered.plan();
            List<String> notes = notes(made);
            if (!plan.questions().isEmpty() || plan.parts().isEmpty()) {
                return new Draft(plan, List.of(), elsewhere, notes);
            }
            refuseWhatIsUnwritten(plan);
            try (DraftFolder folder = new DraftFolder(files, naming, wanted.name())) {
                prove(new DraftRun(stage, folder, answered.options()), before, plan, folder);
                return new Draft(plan, folder.files(), elsewhere, notes);
            }
        }
    }

    private void prove(DraftRun run, SchemaSnapshot before, SchemaPlan plan, DraftFolder folder) {
        try {
            run.run(before, plan);
        } catch (Refused e) {
            throw failures.of(e, before, plan.outcome(), folder.files());
        }
    }

    /** Who makes what is seen where the migrations run; the schema is that of the database. */
    private Repeatables liveStart(SchemaSnapshot there, MigrationSet files, Stage stage) {
        requireServerOf(there);
        Objects.requireNonNull(live).make(there, files, stage);
        if (files.migrations().stream().noneMatch(Migration::isRepeatable)) {
            return new Repeatables(there, Map.of());
        }
        try (Stage replay = stage("the migrations once more")) {
            replay.prepareHistory();
            return new Repeatables(there, Repeatables.applied(files, replay).makers());
        }
    }

    private void requireServerOf(SchemaSnapshot there) {
        if (there.majorVersion() != server.majorVersion()) {
            throw new Refused(
                    "The database is on PostgreSQL " + there.majorVersion()
                            + ", and the scratch databases are on PostgreSQL " + server.majorVersion()
                            + ": their texts cannot be compared.",
                    "Make them on a server of the same major version.");
        }
    }

    private static void refuseWhatIsUnwritten(SchemaPlan plan) {
        if (!plan.unwritten().isEmpty()) {
            List<String> lines = new ArrayList<>();
            plan.unwritten().forEach(each -> lines.add("  " + each.what()));
            throw new Refused(
                    "There is no way to the wanted schema that is known here:\n" + String.join("\n", lines),
                    "Write this step by hand with 'migrations new', or leave the objects out; nothing was"
                            + " written.");
        }
    }

    private static List<String> notes(SchemaSnapshot made) {
        List<String> notes = new ArrayList<>();
        made.unread()
                .forEach((kind, number) ->
                        notes.add("Not compared: " + number + " " + kind + ", a kind that is not read."));
        made.gaps().forEach(gap -> notes.add("Not compared: " + gap.what() + ", which the user may not read."));
        notes.sort(null);
        return notes;
    }

    /** All migrations of the set and these. */
    static MigrationSet with(MigrationSet set, List<Migration> more) {
        List<Migration> all = new ArrayList<>(set.migrations());
        all.addAll(more);
        return MigrationSet.of(all);
    }
}
