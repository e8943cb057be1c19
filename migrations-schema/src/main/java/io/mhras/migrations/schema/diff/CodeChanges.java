package io.mhras.migrations.schema.diff;

import static io.mhras.migrations.schema.FactId.quoted;

import io.mhras.migrations.schema.FactId;
import io.mhras.migrations.schema.FactKind;
import io.mhras.migrations.schema.SchemaFact;
import io.mhras.migrations.schema.ddl.DdlStage;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;

/** Views, routines, triggers, rules and policies. */
final class CodeChanges {

    private static final Pattern LANGUAGE = Pattern.compile("\n LANGUAGE ");

    private CodeChanges() {}

    static void view(Alteration view) {
        boolean isSame = !view.changes("definition");
        if (isSame && view.changes("options")) {
            String alter = "ALTER VIEW " + view.id().qualifiedName() + " ";
            ColumnChanges.options(
                            view.before().attribute("options"), view.after().attribute("options"))
                    .forEach(change -> view.alter(DdlStage.VIEW, alter + change));
        } else if (onlyAppends(columns(view.from(), view.id()), columns(view.to(), view.id()))) {
            // What is not said anew is as usual afterwards.
            String options = view.after().attribute("options");
            view.alter(
                    DdlStage.VIEW,
                    "CREATE OR REPLACE VIEW " + view.id().qualifiedName()
                            + (options == null ? "" : " WITH (" + options + ")") + " AS\n" + body(view.after()));
        } else {
            view.replace();
        }
    }

    private static List<SchemaFact> columns(State state, FactId view) {
        return state.children(view, FactKind.COLUMN).stream()
                .sorted(Comparator.comparingInt(SchemaFact::position))
                .toList();
    }

    private static boolean onlyAppends(List<SchemaFact> before, List<SchemaFact> after) {
        if (after.size() < before.size()) {
            return false;
        }
        for (int i = 0; i < before.size(); i++) {
            SchemaFact one = before.get(i);
            SchemaFact other = after.get(i);
            if (!one.id().equals(other.id())
                    || !Objects.equals(one.attribute("type"), other.attribute("type"))
                    || !Objects.equals(one.attribute("collation"), other.attribute("collation"))) {
                return false;
            }
        }
        return true;
    }

    private static String body(SchemaFact fact) {
        return String.valueOf(fact.attribute("definition")).strip().replaceFirst(";$", "");
    }

    static void materialized(Alteration view) {
        if (view.changes("definition") || view.changes("access method")) {
            view.replace();
            return;
        }
        String alter = "ALTER MATERIALIZED VIEW " + view.id().qualifiedName() + " ";
        if (view.changes("options")) {
            ColumnChanges.options(
                            view.before().attribute("options"), view.after().attribute("options"))
                    .forEach(change -> view.alter(DdlStage.STATE, alter + change));
        }
        if (view.changes("tablespace")) {
            view.alter(
                    DdlStage.STATE,
                    alter + "SET TABLESPACE "
                            + Objects.requireNonNullElse(view.after().attribute("tablespace"), "pg_default"));
        }
        if (view.changes("clustered on")) {
            String index = view.after().attribute("clustered on");
            view.alter(DdlStage.STATE, alter + (index == null ? "SET WITHOUT CLUSTER" : "CLUSTER ON " + index));
        }
    }

    /** Its head says its parameters and what it returns, which cannot be replaced. */
    static void routine(Alteration routine) {
        String before = String.valueOf(routine.before().attribute("definition"));
        String after = String.valueOf(routine.after().attribute("definition"));
        if (head(before).equals(head(after))) {
            routine.alter(DdlStage.ROUTINE, after.strip());
        } else {
            routine.replace();
        }
    }

    private static String head(String definition) {
        return LANGUAGE.split(definition, 2)[0];
    }

    static void trigger(Alteration trigger) {
        if (trigger.changes("definition")) {
            trigger.replace();
        } else {
            enabled(
                    trigger,
                    "ALTER TABLE " + parent(trigger).qualifiedName() + " %s TRIGGER "
                            + quoted(trigger.id().name()));
        }
    }

    static void rule(Alteration rule) {
        if (rule.changes("definition")) {
            rule.replace();
        } else {
            enabled(
                    rule,
                    "ALTER TABLE " + parent(rule).qualifiedName() + " %s RULE "
                            + quoted(rule.id().name()));
        }
    }

    static void eventTrigger(Alteration trigger) {
        if (trigger.changes("on") || trigger.changes("when tag in") || trigger.changes("function")) {
            trigger.replace();
        } else {
            enabled(trigger, "ALTER EVENT TRIGGER " + trigger.id().qualifiedName() + " %s");
        }
    }

    private static void enabled(Alteration altered, String statement) {
        if (altered.changes("enabled")) {
            String state = switch (Objects.requireNonNullElse(altered.after().attribute("enabled"), "yes")) {
                case "yes" -> "ENABLE";
                case "no" -> "DISABLE";
                case "always" -> "ENABLE ALWAYS";
                default -> "ENABLE REPLICA";
            };
            altered.alter(DdlStage.STATE, statement.replace("%s", state));
        }
    }

    private static FactId parent(Alteration altered) {
        return Objects.requireNonNull(altered.after().parent());
    }

    /** What it is for cannot be changed, and a condition cannot be taken away. */
    static void policy(Alteration policy) {
        boolean losesOne = policy.changes("using") && policy.after().attribute("using") == null
                || policy.changes("with check") && policy.after().attribute("with check") == null;
        if (policy.changes("for") || policy.changes("permissive") || losesOne) {
            policy.replace();
            return;
        }
        StringBuilder sql = new StringBuilder("ALTER POLICY ")
                .append(quoted(policy.id().name()))
                .append(" ON ")
                .append(parent(policy).qualifiedName());
        if (policy.changes("to")) {
            sql.append(" TO ").append(policy.after().attribute("to"));
        }
        if (policy.changes("using")) {
            sql.append(" USING (").append(policy.after().attribute("using")).append(')');
        }
        if (policy.changes("with check")) {
            sql.append(" WITH CHECK (")
                    .append(policy.after().attribute("with check"))
                    .append(')');
        }
        policy.alter(DdlStage.POLICY, sql.toString());
    }
}
