package io.mhras.migrations.schema.drift;

import static io.mhras.migrations.schema.FactId.quoted;

import io.mhras.migrations.schema.FactId;
import io.mhras.migrations.schema.FactKind;
import io.mhras.migrations.schema.SchemaDifference;
import io.mhras.migrations.schema.SchemaFact;
import io.mhras.migrations.schema.report.DriftReport.Statements;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The statements that take one schema to another, as far as they can be written; what cannot is named. They are proposed to
 * somebody who reads them, and do not know the data.
 */
final class Alteration {

    private final List<SchemaDifference> differences;
    private final Set<FactId> added = new HashSet<>();
    private final Set<FactId> removed = new HashSet<>();
    private final List<Ranked> statements = new ArrayList<>();
    private final List<String> unwritten = new ArrayList<>();
    private final Creation creation;

    /** A statement and where it comes. */
    private record Ranked(int rank, String sql) {}

    /**
     * The statements of these differences.
     *
     * @param to the schema to come to
     */
    Alteration(Map<FactId, SchemaFact> to, List<SchemaDifference> differences) {
        this.differences = differences;
        for (SchemaDifference one : differences) {
            if (one instanceof SchemaDifference.Added) {
                added.add(one.id());
            } else if (one instanceof SchemaDifference.Removed gone) {
                removed.add(gone.id());
            }
        }
        creation = new Creation(to);
    }

    Statements statements() {
        for (SchemaDifference one : differences) {
            if (one instanceof SchemaDifference.Added fact) {
                add(fact.fact());
            } else if (one instanceof SchemaDifference.Removed fact) {
                remove(fact.fact());
            } else if (one instanceof SchemaDifference.Changed fact) {
                change(fact);
            }
        }
        return new Statements(
                statements.stream()
                        .sorted(Comparator.comparingInt(Ranked::rank))
                        .map(Ranked::sql)
                        .toList(),
                unwritten);
    }

    private void write(int rank, String sql) {
        statements.add(new Ranked(rank, sql));
    }

    private void cannot(FactId id, String why) {
        unwritten.add(id + ": " + why);
    }

    private void add(SchemaFact fact) {
        FactId parent = fact.parent();
        boolean goesWithParent = parent != null && added.contains(parent) && isPartOfItsStatement(fact);
        if (goesWithParent) {
            return;
        }
        String sql = creation.of(fact);
        if (sql == null) {
            cannot(fact.id(), "how it is created is not written here; 'migrations snapshot' shows it");
            return;
        }
        write(rank(fact.id().kind()), sql);
        String after = creation.after(fact);
        if (after != null) {
            write(rank(FactKind.DEFAULT) + 1, after);
        }
    }

    private static boolean isPartOfItsStatement(SchemaFact fact) {
        return fact.id().kind() == FactKind.COLUMN || fact.id().kind() == FactKind.DEFAULT;
    }

    private void remove(SchemaFact fact) {
        FactId parent = fact.parent();
        if (parent != null && removed.contains(parent)) {
            return;
        }
        FactId id = fact.id();
        String sql = switch (id.kind()) {
            case COLUMN ->
                isRelation(parent, FactKind.TABLE, FactKind.FOREIGN_TABLE)
                        ? "ALTER TABLE " + owner(id) + " DROP COLUMN " + quoted(id.name())
                        : null;
            case DEFAULT -> "ALTER TABLE " + owner(id) + " ALTER COLUMN " + quoted(id.name()) + " DROP DEFAULT";
            case CONSTRAINT -> holder(fact) + " DROP CONSTRAINT " + quoted(id.name());
            case TRIGGER, RULE, POLICY -> "DROP " + keyword(id.kind()) + " " + quoted(id.name()) + " ON " + owner(id);
            case COMMENT -> comment(fact, "NULL");
            case GRANT -> grant(fact, "REVOKE", "FROM");
            case OWNER, DEFAULT_PRIVILEGES, USER_MAPPING -> null;
            case ENUM, RANGE, COMPOSITE -> "DROP TYPE " + id.qualifiedName();
            default -> "DROP " + keyword(id.kind()) + " " + id.qualifiedName();
        };
        if (sql == null) {
            cannot(id, "how it is taken away is not written here");
        } else {
            // What needs others goes before them.
            write(-rank(id.kind()), sql);
        }
    }

    private void change(SchemaDifference.Changed changed) {
        SchemaFact fact = changed.after();
        FactId id = fact.id();
        int rank = rank(id.kind());
        switch (id.kind()) {
            case COLUMN -> column(changed);
            case DEFAULT ->
                write(
                        rank,
                        "ALTER TABLE " + owner(id) + " ALTER COLUMN " + quoted(id.name()) + " SET DEFAULT "
                                + fact.attribute("expression"));
            case CONSTRAINT -> constraint(changed);
            case INDEX -> index(changed);
            case VIEW -> write(rank, "CREATE OR REPLACE VIEW " + id.qualifiedName() + " AS\n" + body(fact));
            case FUNCTION, PROCEDURE -> write(rank, body(fact));
            case MATERIALIZED_VIEW, TRIGGER, RULE, POLICY, STATISTICS -> {
                remove(changed.before());
                add(fact);
            }
            case COMMENT -> {
                String sql = comment(fact, literal(fact.attribute("text")));
                if (sql == null) {
                    cannot(id, "the comment of what it is about is not written here");
                } else {
                    write(rank, sql);
                }
            }
            case OWNER -> owner(fact);
            case GRANT -> {
                String revoke = grant(changed.before(), "REVOKE", "FROM");
                String grant = grant(fact, "GRANT", "TO");
                if (revoke == null || grant == null) {
                    cannot(id, "the right is not written here");
                } else {
                    write(rank, revoke);
                    write(rank, grant);
                }
            }
            case ENUM -> labels(changed);
            default ->
                cannot(id, "what changes it is not written here (" + String.join(", ", changed.attributes()) + ")");
        }
    }

    private void column(SchemaDifference.Changed changed) {
        SchemaFact fact = changed.after();
        FactId id = fact.id();
        String alter = "ALTER TABLE " + owner(id) + " ALTER COLUMN " + quoted(id.name());
        if (!isRelation(fact.parent(), FactKind.TABLE, FactKind.FOREIGN_TABLE)) {
            // A view's columns follow from its definition.
            return;
        }
        for (String attribute : changed.attributes()) {
            String value = fact.attribute(attribute);
            switch (attribute) {
                case "not null" -> {
                    if (value == null) {
                        write(rank(FactKind.COLUMN), alter + " DROP NOT NULL");
                    } else if (value.equals("yes") && changed.before().attribute(attribute) == null) {
                        write(rank(FactKind.COLUMN), alter + " SET NOT NULL");
                    } else {
                        cannot(id, "NOT NULL as a constraint that is not valid, or not inherited");
                    }
                }
                case "type" ->
                    write(
                            rank(FactKind.COLUMN),
                            alter + " TYPE " + value + " USING " + quoted(id.name()) + "::" + value);
                case "statistics target" ->
                    write(rank(FactKind.COLUMN), alter + " SET STATISTICS " + (value == null ? "-1" : value));
                default -> cannot(id, "what changes its " + attribute + " is not written here");
            }
        }
    }

    private void constraint(SchemaDifference.Changed changed) {
        SchemaFact fact = changed.after();
        String before = String.valueOf(changed.before().attribute("definition"));
        String after = String.valueOf(fact.attribute("definition"));
        if (before.equals(after + " NOT VALID")) {
            write(
                    rank(FactKind.CONSTRAINT),
                    holder(fact) + " VALIDATE CONSTRAINT " + quoted(fact.id().name()));
        } else {
            remove(changed.before());
            add(fact);
        }
    }

    private void index(SchemaDifference.Changed changed) {
        FactId id = changed.id();
        if (changed.attributes().contains("definition")) {
            remove(changed.before());
            add(changed.after());
        } else if (changed.attributes().contains("valid")) {
            if ("no".equals(changed.after().attribute("valid"))) {
                cannot(id, "nothing makes an index invalid");
            } else {
                write(rank(FactKind.INDEX), "REINDEX INDEX CONCURRENTLY " + id.qualifiedName());
            }
        } else {
            cannot(id, "what changes it is not written here (" + String.join(", ", changed.attributes()) + ")");
        }
    }

    private void labels(SchemaDifference.Changed changed) {
        String before = String.valueOf(changed.before().attribute("labels"));
        String after = String.valueOf(changed.after().attribute("labels"));
        if (!after.startsWith(before.isEmpty() ? "" : before + ", ")) {
            cannot(changed.id(), "labels can only be added, and only these come after the others: " + after);
            return;
        }
        String more = after.substring(before.isEmpty() ? 0 : before.length() + 2);
        for (String label : more.split("(?<='), (?=')", -1)) {
            write(rank(FactKind.ENUM), "ALTER TYPE " + changed.id().qualifiedName() + " ADD VALUE " + label);
        }
    }

    private void owner(SchemaFact fact) {
        FactId parent = Objects.requireNonNull(fact.parent());
        write(
                rank(FactKind.OWNER),
                "ALTER " + keyword(parent.kind()) + " " + parent.qualifiedName() + " OWNER TO "
                        + fact.attribute("role"));
    }

    private boolean isRelation(@Nullable FactId id, FactKind... kinds) {
        return id != null && List.of(kinds).contains(id.kind());
    }

    static @Nullable String grant(SchemaFact fact, String verb, String preposition) {
        FactId on = fact.parent();
        String privileges = String.valueOf(fact.attribute("privileges"));
        if (on == null || privileges.contains("with grant option") || on.kind() == FactKind.COLUMN) {
            return null;
        }
        String kind = switch (on.kind()) {
            case TABLE, VIEW, MATERIALIZED_VIEW, FOREIGN_TABLE -> "TABLE";
            default -> keyword(on.kind());
        };
        List<String> path = fact.id().path();
        return verb + " " + privileges.toUpperCase(Locale.ROOT) + " ON " + kind + " " + on.qualifiedName() + " "
                + preposition + " " + path.get(path.size() - 1);
    }

    static @Nullable String comment(SchemaFact fact, String text) {
        FactId on = fact.parent();
        if (on == null || fact.id().path().size() != on.path().size() + 1) {
            return null;
        }
        String object = switch (on.kind()) {
            case CONSTRAINT, TRIGGER, RULE, POLICY -> keyword(on.kind()) + " " + quoted(on.name()) + " ON " + owner(on);
            default -> keyword(on.kind()) + " " + on.qualifiedName();
        };
        return "COMMENT ON " + object + " IS " + text;
    }

    static String holder(SchemaFact constraint) {
        FactId parent = Objects.requireNonNull(constraint.parent());
        return "ALTER " + keyword(parent.kind()) + " " + parent.qualifiedName();
    }

    /** The table of a column, a trigger or the like. */
    static String owner(FactId part) {
        return String.join(
                ".",
                part.path().subList(0, part.path().size() - 1).stream()
                        .map(FactId::quoted)
                        .toList());
    }

    static String keyword(FactKind kind) {
        return switch (kind) {
            case ENUM, RANGE, COMPOSITE -> "TYPE";
            default -> kind.toString().toUpperCase(Locale.ROOT);
        };
    }

    static String literal(@Nullable String text) {
        return "'" + String.valueOf(text).replace("'", "''") + "'";
    }

    static String body(SchemaFact fact) {
        return String.valueOf(fact.attribute("definition")).strip().replaceFirst(";$", "");
    }

    /** What others need comes first. */
    private static int rank(FactKind kind) {
        int place = switch (kind) {
            case SCHEMA -> 1;
            case EXTENSION -> 2;
            case COLLATION, ENUM, RANGE, DOMAIN, COMPOSITE -> 3;
            case SEQUENCE -> 4;
            case TABLE, FOREIGN_TABLE -> 5;
            case COLUMN -> 6;
            case FUNCTION, PROCEDURE, AGGREGATE -> 7;
            case DEFAULT -> 8;
            case INDEX -> 11;
            case VIEW, MATERIALIZED_VIEW -> 12;
            case CONSTRAINT -> 10;
            case COMMENT -> 20;
            case OWNER -> 21;
            case GRANT -> 22;
            default -> 15;
        };
        return place * 10;
    }
}
