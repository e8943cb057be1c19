package io.mhras.migrations.benchmarks.contestant;

import java.util.List;

/** Who takes part, and the artifacts that a service would add for it. */
public enum Entrant {
    OURS("MHRAS Migrations", "migrations-postgresql"),
    OURS_KEPT("MHRAS Migrations, one Migrator that lives on", "migrations-postgresql"),
    OURS_INDEXED("MHRAS Migrations, indexed when built", "migrations-postgresql"),
    FLYWAY("Flyway", "flyway-core", "flyway-database-postgresql"),
    LIQUIBASE("Liquibase", "liquibase-core"),
    JDBC("plain JDBC"),
    RAW_MESSAGE("one raw Query message"),
    RAW_MESSAGES("raw Query messages of 500 statements"),
    PSQL("psql");

    private final String label;

    @SuppressWarnings("ImmutableEnumChecker") // It is: List.of makes no other.
    private final List<String> artifacts;

    Entrant(String label, String... artifacts) {
        this.label = label;
        this.artifacts = List.of(artifacts);
    }

    /** Its name in the tables. */
    public String label() {
        return label;
    }

    /** The Maven artifacts that are its own; what they depend on comes with them. */
    public List<String> artifacts() {
        return artifacts;
    }

    /** Only the class that is chosen is loaded: the jars of the others are not there. */
    Contestant at(Task task) {
        return switch (this) {
            case OURS -> new MhrasMigrations(task);
            case OURS_KEPT -> new KeptMigrator(task);
            case OURS_INDEXED -> new IndexedMigrations(task);
            case FLYWAY -> new FlywayContestant(task);
            case LIQUIBASE -> new LiquibaseContestant(task);
            case JDBC -> new PlainJdbc(task);
            case RAW_MESSAGE -> new RawMessages(task, Integer.MAX_VALUE);
            case RAW_MESSAGES -> new RawMessages(task, 500);
            case PSQL -> new Psql(task);
        };
    }
}
