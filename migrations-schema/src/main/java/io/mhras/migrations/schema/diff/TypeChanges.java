package io.mhras.migrations.schema.diff;

import io.mhras.migrations.schema.FactId;
import io.mhras.migrations.schema.SchemaFact;
import io.mhras.migrations.schema.ddl.DdlStage;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Types. */
final class TypeChanges {

    private static final Pattern LABEL = Pattern.compile("'(?:[^']|'')*'");

    private TypeChanges() {}

    /** The labels as literals, in order. */
    static List<String> labels(SchemaFact type) {
        List<String> labels = new ArrayList<>();
        Matcher matcher = LABEL.matcher(String.valueOf(type.attribute("labels")));
        while (matcher.find()) {
            labels.add(matcher.group());
        }
        return labels;
    }

    /** Whether labels only come, so that no value has to change. */
    static boolean onlyAdds(SchemaFact before, SchemaFact after) {
        List<String> rest = new ArrayList<>(labels(after));
        rest.retainAll(labels(before));
        return rest.equals(labels(before));
    }

    static void enumeration(Alteration type) {
        if (!onlyAdds(type.before(), type.after())) {
            type.replace();
            return;
        }
        List<String> there = labels(type.before());
        String add = "ALTER TYPE " + type.id().qualifiedName() + " ADD VALUE ";
        List<String> wanted = labels(type.after());
        for (int i = 0; i < wanted.size(); i++) {
            String label = wanted.get(i);
            if (there.contains(label)) {
                continue;
            }
            // Those before it are there by now.
            String place =
                    there.isEmpty() || i > 0 && there.get(there.size() - 1).equals(wanted.get(i - 1))
                            ? ""
                            : i > 0 ? " AFTER " + wanted.get(i - 1) : " BEFORE " + there.get(0);
            type.alterApart(DdlStage.TYPE, add + label + place);
            there.add(i, label);
        }
    }

    static void domain(Alteration domain) {
        String alter = "ALTER DOMAIN " + domain.id().qualifiedName() + " ";
        if (domain.changes("type") || domain.changes("collation")) {
            domain.replace();
            return;
        }
        if (domain.changes("default")) {
            String value = domain.after().attribute("default");
            domain.alter(DdlStage.TYPE, alter + (value == null ? "DROP DEFAULT" : "SET DEFAULT " + value));
        }
        if (domain.changes("not null")) {
            domain.alter(
                    DdlStage.DOMAIN_CONSTRAINT,
                    alter + (domain.after().attribute("not null") == null ? "DROP NOT NULL" : "SET NOT NULL"));
        }
    }

    /** Columns of it are changed to the new one by their texts. */
    static String using(SchemaFact column, FactId type) {
        String of = String.valueOf(column.attribute("type"));
        boolean isArray = of.endsWith("[]");
        String name = FactId.quoted(column.id().name());
        return name + (isArray ? "::text[]::" : "::text::") + type.qualifiedName() + (isArray ? "[]" : "");
    }
}
