package io.mhras.migrations.jpa;

import java.util.List;

/**
 * What Hibernate would make for the entities of one persistence unit.
 *
 * @param unit its name
 * @param entities how many there are
 * @param packages how many packages they are in
 * @param hibernate its version
 * @param statements in order, without semicolons
 */
public record EntitySchema(String unit, int entities, int packages, String hibernate, List<String> statements) {

    public EntitySchema {
        statements = List.copyOf(statements);
    }

    /** {@code 12 entities of 2 packages, Hibernate 7.4.5}. */
    public String title() {
        return (entities == 1 ? "1 entity" : entities + " entities") + " of "
                + (packages == 1 ? "1 package" : packages + " packages") + ", Hibernate " + hibernate;
    }

    /** A file that psql runs. */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder("-- ").append(title()).append('\n');
        statements.forEach(statement -> text.append(statement).append(";\n"));
        return text.toString();
    }
}
