package io.mhras.migrations.test;

import io.mhras.migrations.Migration;
import io.mhras.migrations.MigrationVersion;
import io.mhras.migrations.Target;
import io.mhras.migrations.engine.Migrator;
import io.mhras.migrations.schema.PostgresSchema;
import io.mhras.migrations.schema.report.MigrationFacts;
import io.mhras.migrations.schema.report.StatementFacts;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One migration, and what the server says that it does: applied once, to a database as it is before it. */
public final class MeasuredMigration {

    private final Migrations migrations;
    private final MigrationVersion version;
    private @Nullable List<StatementFacts> facts;

    MeasuredMigration(Migrations migrations, MigrationVersion version) {
        this.migrations = migrations;
        this.version = version;
    }

    /** Its name for people. */
    public String title() {
        return migrations.files().find(version).map(Migration::title).orElse(version.toString());
    }

    /** What its statements did, in their order. */
    public synchronized List<StatementFacts> statements() {
        if (facts == null) {
            facts = measure();
        }
        return facts;
    }

    private List<StatementFacts> measure() {
        List<Migration> path = migrations.files().pathTo(version);
        try (TestDatabase database = migrations.at("base")) {
            for (Migration before : path.subList(0, path.size() - 1)) {
                database.upgradeTo(before.version().toString());
            }
            List<MigrationFacts> measured = new PostgresSchema(database.dataSource())
                    .measure(observer -> new Migrator(
                                    migrations.driver(database.dataSource()).observedBy(observer), migrations::files)
                            .migrate(new Target.Version(version.toString())));
            return measured.stream()
                    .flatMap(script -> script.statements().stream())
                    .toList();
        }
    }

    @Override
    public String toString() {
        return title();
    }
}
