package io.mhras.migrations.schema.diff;

import java.util.TreeSet;

/** How each kind of fact is changed. */
final class ChangeRules {

    private ChangeRules() {}

    /** What the change takes. */
    static void apply(Alteration altered) {
        switch (altered.id().kind()) {
            case TABLE, FOREIGN_TABLE -> TableChanges.table(altered);
            case SEQUENCE -> SequenceChanges.sequence(altered);
            case COLUMN -> ColumnChanges.column(altered);
            case DEFAULT -> ColumnChanges.defaultOf(altered);
            case CONSTRAINT -> ConstraintChanges.constraint(altered);
            case INDEX -> ConstraintChanges.index(altered);
            case STATISTICS -> ConstraintChanges.statistics(altered);
            case ENUM -> TypeChanges.enumeration(altered);
            case DOMAIN -> TypeChanges.domain(altered);
            case VIEW -> CodeChanges.view(altered);
            case MATERIALIZED_VIEW -> CodeChanges.materialized(altered);
            case FUNCTION, PROCEDURE -> CodeChanges.routine(altered);
            case TRIGGER -> CodeChanges.trigger(altered);
            case RULE -> CodeChanges.rule(altered);
            case EVENT_TRIGGER -> CodeChanges.eventTrigger(altered);
            case POLICY -> CodeChanges.policy(altered);
            case COMMENT -> RightsChanges.comment(altered);
            case OWNER -> RightsChanges.owner(altered);
            case GRANT -> RightsChanges.grant(altered);
            case EXTENSION -> RightsChanges.extension(altered);
            case AGGREGATE, RANGE, COLLATION, PUBLICATION, DEFAULT_PRIVILEGES, COMPOSITE -> altered.replace();
            case SCHEMA, FOREIGN_DATA_WRAPPER, SERVER, USER_MAPPING, COLLECTION ->
                altered.cannot("its "
                        + String.join(
                                ", ", new TreeSet<>(altered.after().attributes().keySet()))
                        + " cannot be changed here");
        }
    }
}
