package io.mhras.migrations.schema.ddl;

import io.mhras.migrations.schema.FactKind;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;

/** The rule of each kind. */
final class DdlRules {

    private static final Map<FactKind, DdlRule> RULES = new EnumMap<>(FactKind.class);

    static {
        RULES.put(FactKind.SCHEMA, SchemaRules::schema);
        RULES.put(FactKind.EXTENSION, SchemaRules::extension);
        RULES.put(FactKind.COLLATION, TypeRules::collation);
        RULES.put(FactKind.ENUM, TypeRules::enumeration);
        RULES.put(FactKind.RANGE, TypeRules::range);
        RULES.put(FactKind.DOMAIN, TypeRules::domain);
        RULES.put(FactKind.COMPOSITE, TypeRules::composite);
        RULES.put(FactKind.SEQUENCE, SequenceRule::create);
        RULES.put(FactKind.TABLE, TableRule::create);
        RULES.put(FactKind.FOREIGN_TABLE, TableRule::create);
        RULES.put(FactKind.COLUMN, ColumnRules::column);
        RULES.put(FactKind.DEFAULT, ColumnRules::defaultOf);
        RULES.put(FactKind.CONSTRAINT, ConstraintRule::create);
        RULES.put(FactKind.INDEX, IndexRule::create);
        RULES.put(FactKind.VIEW, ViewRules::view);
        RULES.put(FactKind.MATERIALIZED_VIEW, ViewRules::materialized);
        RULES.put(FactKind.FUNCTION, RoutineRules::routine);
        RULES.put(FactKind.PROCEDURE, RoutineRules::routine);
        RULES.put(FactKind.AGGREGATE, AggregateRule::create);
        RULES.put(FactKind.STATISTICS, StatisticsRule::create);
        RULES.put(FactKind.TRIGGER, TriggerRules::trigger);
        RULES.put(FactKind.RULE, TriggerRules::rule);
        RULES.put(FactKind.EVENT_TRIGGER, TriggerRules::eventTrigger);
        RULES.put(FactKind.POLICY, PolicyRule::create);
        RULES.put(FactKind.FOREIGN_DATA_WRAPPER, ForeignRules::wrapper);
        RULES.put(FactKind.SERVER, ForeignRules::server);
        RULES.put(FactKind.USER_MAPPING, ForeignRules::userMapping);
        RULES.put(FactKind.PUBLICATION, PublicationRule::create);
        RULES.put(FactKind.COMMENT, CommentRule::create);
        RULES.put(FactKind.OWNER, RightsRules::owner);
        RULES.put(FactKind.GRANT, RightsRules::grant);
        RULES.put(FactKind.DEFAULT_PRIVILEGES, RightsRules::defaults);
    }

    private DdlRules() {}

    static DdlRule of(FactKind kind) {
        return Objects.requireNonNull(RULES.get(kind), kind::toString);
    }
}
