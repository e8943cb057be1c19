package io.mhras.migrations.schema.ddl;

import io.mhras.migrations.schema.SchemaFact;
import java.util.Objects;

/** Aggregates. */
final class AggregateRule {

    private AggregateRule() {}

    static void create(SchemaFact aggregate, DdlActions actions) {
        Clauses clauses = new Clauses(aggregate)
                .add("SFUNC = " + name(aggregate, "state function"))
                .ifSet("state type", "STYPE = %s")
                .ifSet("state size", "SSPACE = %s");
        function(aggregate, clauses, "final function", "FINALFUNC");
        clauses.ifSet("final function takes extra arguments", "FINALFUNC_EXTRA");
        if (aggregate.attribute("final function") != null) {
            clauses.add("FINALFUNC_MODIFY = " + modifies(aggregate, "final function modifies"));
        }
        function(aggregate, clauses, "combine function", "COMBINEFUNC");
        function(aggregate, clauses, "serial function", "SERIALFUNC");
        function(aggregate, clauses, "deserial function", "DESERIALFUNC");
        clauses.ifSet("initial state", "INITCOND = %s");
        function(aggregate, clauses, "moving state function", "MSFUNC");
        function(aggregate, clauses, "moving inverse function", "MINVFUNC");
        clauses.ifSet("moving state type", "MSTYPE = %s").ifSet("moving state size", "MSSPACE = %s");
        function(aggregate, clauses, "moving final function", "MFINALFUNC");
        clauses.ifSet("moving final function takes extra arguments", "MFINALFUNC_EXTRA");
        if (aggregate.attribute("moving final function") != null) {
            clauses.add("MFINALFUNC_MODIFY = " + modifies(aggregate, "moving final function modifies"));
        }
        clauses.ifSet("moving initial state", "MINITCOND = %s");
        if (aggregate.attribute("sort operator") != null) {
            clauses.add("SORTOP = OPERATOR(" + name(aggregate, "sort operator") + ")");
        }
        clauses.ifSet("parallel", "PARALLEL = %s");
        if ("hypothetical-set".equals(aggregate.attribute("kind"))) {
            clauses.add("HYPOTHETICAL");
        }
        actions.make(
                DdlStage.ROUTINE,
                aggregate,
                "CREATE AGGREGATE " + signature(aggregate) + " (" + clauses.joined(", ") + ")");
        RightsRules.revokeWhatIsUsual(aggregate, actions);
    }

    private static void function(SchemaFact aggregate, Clauses clauses, String attribute, String parameter) {
        if (aggregate.attribute(attribute) != null) {
            clauses.add(parameter + " = " + name(aggregate, attribute));
        }
    }

    /** Without the types in parentheses. */
    private static String name(SchemaFact aggregate, String attribute) {
        String signature = Objects.requireNonNull(aggregate.attribute(attribute));
        return signature.substring(0, signature.lastIndexOf('('));
    }

    private static String modifies(SchemaFact aggregate, String attribute) {
        String modifies = aggregate.attribute(attribute);
        return modifies == null ? "READ_ONLY" : modifies.equals("shareable") ? "SHAREABLE" : "READ_WRITE";
    }

    /** As statements about an aggregate name it. */
    static String signature(SchemaFact aggregate) {
        String qualified = aggregate.id().qualifiedName();
        String types = aggregate.id().path().get(2);
        String name = qualified.substring(0, qualified.length() - types.length() - 2);
        String arguments = Objects.requireNonNullElse(aggregate.attribute("arguments"), types);
        return name + "(" + (arguments.isEmpty() ? "*" : arguments) + ")";
    }
}
