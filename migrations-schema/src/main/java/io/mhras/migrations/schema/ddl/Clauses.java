package io.mhras.migrations.schema.ddl;

import io.mhras.migrations.schema.SchemaFact;
import java.util.ArrayList;
import java.util.List;

/** Parts of a statement, of which those are left out that have no value. */
final class Clauses {

    private final SchemaFact fact;
    private final List<String> clauses = new ArrayList<>();

    Clauses(SchemaFact fact) {
        this.fact = fact;
    }

    Clauses add(String clause) {
        clauses.add(clause);
        return this;
    }

    /** The clause with the value of the attribute in the place of {@code %s}, if it has one. */
    Clauses ifSet(String attribute, String clause) {
        String value = fact.attribute(attribute);
        if (value != null) {
            clauses.add(clause.replace("%s", value));
        }
        return this;
    }

    List<String> list() {
        return List.copyOf(clauses);
    }

    String joined(String separator) {
        return String.join(separator, clauses);
    }
}
