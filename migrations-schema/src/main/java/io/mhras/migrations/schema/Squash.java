package io.mhras.migrations.schema;

import io.mhras.migrations.Migration;
import io.mhras.migrations.MigrationException.Refused;
import io.mhras.migrations.MigrationException.ScriptFailed;
import io.mhras.migrations.MigrationListener;
import io.mhras.migrations.MigrationScript;
import io.mhras.migrations.MigrationSet;
import io.mhras.migrations.MigrationVersion;
import io.mhras.migrations.Target;
import io.mhras.migrations.engine.Adopt;
import io.mhras.migrations.engine.Migrator;
import io.mhras.migrations.engine.MigratorSettings;
import io.mhras.migrations.engine.MigratorSettings.OutOfOrder;
import io.mhras.migrations.engine.UndeclaredPlaceholders;
import io.mhras.migrations.postgresql.PostgresDriver;
import io.mhras.migrations.postgresql.PostgresSettings;
import io.mhras.migrations.schema.SchemaDdl.Unwritten;
import io.mhras.migrations.schema.scratch.ScratchDatabase;
import io.mhras.migrations.schema.scratch.ScratchServer;
import io.mhras.migrations.schema.squash.TableRows;
import io.mhras.migrations.schema.squash.TableRows.Copy;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * Writes a baseline: one script that makes what the migrations up to a version make. It is written from what they make on a
 * scratch database, and proved on another one.
 */
public final class Squash {

    private static final MigratorSettings ON_SCRATCH =
            new MigratorSettings(OutOfOrder.APPLY, false, UndeclaredPlaceholders.IGNORE, Adopt.NONE);
    private static final int MOST_LISTED = 20;

    private final @Nullable PostgresServer real;
    private final PostgresSettings settings;
    private final ScratchOptions scratch;

    /**
     * Nothing is done yet.
     *
     * @param real with the database that the scratch databases are to be like; null if there is none
     * @param settings how it is migrated
     * @param scratch where they are made
     */
    public Squash(@Nullable PostgresServer real, PostgresSettings settings, ScratchOptions scratch) {
        this.real = real;
        this.settings = settings;
        this.scratch = scratch;
    }

    /**
     * A baseline that was proved.
     *
     * @param version up to which it stands for the migrations
     * @param text all of the file
     * @param replaced the migrations that it stands for, and older baselines: their files may go
     * @param filled the tables in which the migrations leave rows that the baseline does not have
     * @param notes what is to be known, each a sentence
     */
    public record Baseline(
            MigrationVersion version, String text, List<Migration> replaced, List<String> filled, List<String> notes) {

        public Baseline {
            replaced = List.copyOf(replaced);
            filled = List.copyOf(filled);
            notes = List.copyOf(notes);
        }
    }

    /**
     * Writes it.
     *
     * @param data the tables whose rows it is to have, with or without their schemas
     * @param listener is told of each step on the scratch databases
     * @throws Refused if it cannot be written, or does not make the same
     */
    public Baseline write(
            MigrationSet files, MigrationVersion version, Collection<String> data, MigrationListener listener) {
        MigrationSet upTo = upTo(files, version);
        try (ScratchServer server = ScratchServer.open(real, scratch)) {
            server.require(upTo);
            Made made = replay(server, upTo, data, listener);
            String text = text(made, version);
            prove(server, made, text, version, listener);
            List<Migration> replaced = Stream.concat(
                            files.baselines().stream()
                                    .filter(baseline -> baseline.version().compareTo(version) < 0),
                            upTo.migrations().stream())
                    .toList();
            return new Baseline(version, text, replaced, made.otherwiseFilled(), server.notes());
        }
    }

    private static MigrationSet upTo(MigrationSet files, MigrationVersion version) {
        List<Migration> path = files.pathTo(version);
        Set<MigrationVersion> versions =
                path.stream().map(Migration::version).collect(Collectors.toCollection(HashSet::new));
        files.migrations().stream()
                .map(Migration::version)
                .filter(other -> !other.isRepeatable())
                .filter(other -> versions.contains(other) != other.compareTo(version) <= 0)
                .findFirst()
                .ifPresent(other -> {
                    throw new Refused(
                            "Nothing was written: a baseline stands for all versions up to its own, and "
                                    + (versions.contains(other)
                                            ? version + " requires " + other + ", which is above it."
                                            : other + " does not lead to " + version + "."),
                            "Take a version to which all that are below it lead; 'migrations merge' joins branches.");
                });
        Migration beginning = files.newestBaseline(version);
        List<Migration> all = new ArrayList<>(path);
        if (beginning != null && !files.hasFilesBefore(beginning)) {
            all.add(beginning);
        }
        return MigrationSet.of(all);
    }

    /** What the migrations make, and what of their rows was asked for. */
    private record Made(SchemaSnapshot schema, String user, List<Copy> copies, List<String> otherwiseFilled) {}

    private Made replay(ScratchServer server, MigrationSet upTo, Collection<String> data, MigrationListener listener) {
        try (ScratchDatabase database = server.create("squash")) {
            try {
                run(database, upTo, listener);
            } catch (ScriptFailed e) {
                throw new Refused(
                        "Nothing was written: the migrations do not run on an empty database.\n\n" + e.problem(),
                        "Correct what the script needs, or what the server lacks.");
            }
            SchemaSnapshot schema = snapshot(database);
            List<FactId> tables = schema.facts().stream()
                    .map(SchemaFact::id)
                    .filter(id -> id.kind() == FactKind.TABLE)
                    .toList();
            TableRows rows = new TableRows(database.dataSource());
            List<String> copied =
                    data.stream().map(name -> named(name, tables)).distinct().toList();
            List<String> filled = new ArrayList<>(rows.filled(tables));
            filled.removeAll(copied);
            String user = new JdbcTemplate(database.dataSource())
                    .queryForObject("SELECT quote_ident(current_user)", String.class);
            return new Made(schema, String.valueOf(user), rows.read(copied), filled);
        }
    }

    private static String named(String name, List<FactId> tables) {
        List<FactId> found = tables.stream()
                .filter(table ->
                        name.equals(table.name()) || name.equals(table.path().get(0) + '.' + table.name()))
                .toList();
        if (found.size() == 1) {
            return TableRows.name(found.get(0));
        }
        throw new Refused(
                found.isEmpty()
                        ? "Nothing was written: the migrations make no table '" + name + "'."
                        : "Nothing was written: there are several tables '" + name + "': "
                                + found.stream().map(TableRows::name).collect(Collectors.joining(", ")) + ".",
                found.isEmpty()
                        ? "Correct the name of the table whose rows are to be copied."
                        : "Write its schema, too.");
    }

    private void run(ScratchDatabase database, MigrationSet set, MigrationListener listener) {
        MigrationSet renamed = database.renamed(set);
        new Migrator(new PostgresDriver("scratch", database.dataSource(), settings), () -> renamed)
                .with(ON_SCRATCH)
                .with(listener)
                .migrate(Target.HEAD);
    }

    private static SchemaSnapshot snapshot(ScratchDatabase database) {
        return new PostgresSchema(database.dataSource()).snapshot(SchemaFilter.ALL, true);
    }

    private String text(Made made, MigrationVersion version) {
        SchemaDdl ddl = PostgresSchema.ddl(made.schema());
        if (!ddl.unwritten().isEmpty()) {
            throw new Refused(
                    "Nothing was written: the migrations make what cannot be written as statements:\n"
                            + listed(ddl.unwritten().stream()
                                    .map(Unwritten::what)
                                    .toList()),
                    "Write the baseline by hand, for example with 'pg_dump --schema-only'.");
        }
        String before = "-- Makes on an empty database what the migrations up to " + version + " make.\n";
        String schema = settings.schema();
        Set<String> unneeded = new LinkedHashSet<>();
        if (schema != null) {
            // The history is made first, and its schema with it.
            unneeded.add("CREATE SCHEMA " + FactId.quoted(schema));
        }
        List<String> statements = ddl.statements().stream()
                .filter(statement -> !unneeded.contains(statement) && !isOfUser(statement, made.user()))
                .toList();
        String rows = made.copies().stream().map(Copy::toString).collect(Collectors.joining());
        return new SchemaDdl(before + ddl.head(), statements, List.of()) + rows;
    }

    /** Whoever runs it owns what it makes. */
    private static boolean isOfUser(String statement, String user) {
        return statement.startsWith("ALTER ") && statement.endsWith(" OWNER TO " + user)
                || statement.startsWith("GRANT ") && statement.endsWith(" TO " + user);
    }

    private void prove(
            ScratchServer server, Made made, String text, MigrationVersion version, MigrationListener listener) {
        MigrationScript script = MigrationScript.ofText("the baseline", "the baseline", text);
        try (ScratchDatabase database = server.create("squash")) {
            try {
                run(database, MigrationSet.of(List.of(Migration.baseline(version, "baseline", script))), listener);
            } catch (ScriptFailed e) {
                throw new Refused(
                        "Nothing was written: what was to be the baseline does not run.\n\n" + e.problem(), BY_HAND);
            }
            PostgresSchema schema = new PostgresSchema(database.dataSource());
            List<String> differing =
                    new ArrayList<>(made.schema().differencesTo(snapshot(database), schema.reload()).stream()
                            .map(difference -> difference.id().toString())
                            .toList());
            List<Copy> copies = new TableRows(database.dataSource())
                    .read(made.copies().stream().map(Copy::table).toList());
            for (int i = 0; i < copies.size(); i++) {
                if (!copies.get(i).holdsTheSameAs(made.copies().get(i))) {
                    differing.add("the rows of " + copies.get(i).table());
                }
            }
            if (!differing.isEmpty()) {
                throw new Refused(
                        "Nothing was written: what was to be the baseline does not make the same as the migrations."
                                + " These differ:\n" + listed(differing),
                        BY_HAND);
            }
        }
    }

    private static final String BY_HAND =
            "Write the baseline by hand, for example with 'pg_dump'; and please report what could not be written.";

    private static String listed(List<String> lines) {
        String more = lines.size() > MOST_LISTED ? "\n  and " + (lines.size() - MOST_LISTED) + " more" : "";
        return lines.stream().limit(MOST_LISTED).map(line -> "  " + line).collect(Collectors.joining("\n")) + more;
    }
}
