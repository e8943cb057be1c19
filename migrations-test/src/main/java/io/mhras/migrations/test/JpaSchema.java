package io.mhras.migrations.test;

import io.mhras.migrations.jpa.EntitySchema;
import java.util.List;

/**
 * A service's entities, as the tables that Hibernate would make for them, beside its migrations.
 *
 * <p>A Spring test with {@link MigratedDatabase} gets it as a parameter.
 */
public final class JpaSchema {

    private final Class<?> test;
    private final Migrations migrations;
    private final List<EntitySchema> units;

    JpaSchema(Class<?> test, Migrations migrations, List<EntitySchema> units) {
        this.test = test;
        this.migrations = migrations;
        this.units = List.copyOf(units);
    }

    /** What Hibernate would make, one statement each. */
    public List<String> statements() {
        return units.stream().flatMap(unit -> unit.statements().stream()).toList();
    }

    /** The migrations of the database that the entities are in. */
    public Migrations migrations() {
        return migrations;
    }

    /** How many entities of which Hibernate, a line for each persistence unit. */
    String title() {
        return String.join("; ", units.stream().map(EntitySchema::title).toList());
    }

    Class<?> test() {
        return test;
    }

    @Override
    public String toString() {
        return "JpaSchema[" + title() + "]";
    }
}
