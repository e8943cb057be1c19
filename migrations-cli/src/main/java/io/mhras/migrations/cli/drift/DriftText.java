package io.mhras.migrations.cli.drift;

import io.mhras.migrations.schema.FactId;
import io.mhras.migrations.schema.SchemaFact;
import io.mhras.migrations.schema.report.DriftReport;
import io.mhras.migrations.schema.report.DriftReport.Difference;
import io.mhras.migrations.schema.report.DriftReport.Statements;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Drift for people: object by object, then the SQL. */
public final class DriftText {

    private final DriftReport report;
    private final StringBuilder text = new StringBuilder();

    public DriftText(DriftReport report) {
        this.report = report;
    }

    @Override
    public String toString() {
        text.setLength(0);
        String migrations = report.migrations() == 1
                ? "the migration that is applied makes"
                : "the " + report.migrations() + " migrations that are applied make";
        if (!report.differs()) {
            return "The database " + report.database() + " is what " + migrations + ".\n";
        }
        Map<FactId, List<Difference>> byObject = report.differences().stream()
                .collect(Collectors.groupingBy(Difference::object, LinkedHashMap::new, Collectors.toList()));
        line("The database " + report.database() + " differs from what " + migrations + ", in "
                + (byObject.size() == 1 ? "1 object" : byObject.size() + " objects") + ".");
        byObject.forEach((object, differences) -> {
            line("");
            line(object.toString());
            differences.forEach(this::difference);
        });
        statements("To take it into the migrations, a new one would be:", report.forMigrations());
        statements("To make the database what the migrations make (read it before you run it):", report.forDatabase());
        return text.toString();
    }

    private void difference(Difference difference) {
        String indent = "  ";
        if (!difference.id().equals(difference.object())) {
            line(indent + difference.id().kind() + " "
                    + FactId.quoted(difference.id().name()));
            indent = "    ";
        }
        side(indent + "in the database:   ", difference.inDatabase(), difference.byMigrations());
        side(indent + "by the migrations: ", difference.byMigrations(), difference.inDatabase());
        line(indent + difference.cause());
    }

    private void side(String head, @Nullable SchemaFact fact, @Nullable SchemaFact other) {
        if (fact == null) {
            line(head + "not there");
            return;
        }
        String attributes = fact.attributes().entrySet().stream()
                .filter(one -> other == null || !Objects.equals(one.getValue(), other.attribute(one.getKey())))
                .map(one -> attribute(one.getKey(), one.getValue()))
                .collect(Collectors.joining(", "));
        String shown = attributes.isEmpty() ? other == null ? "there" : "as usual" : attributes;
        line(head + shown.strip().replace("\n", "\n" + " ".repeat(head.length())));
    }

    private static String attribute(String name, String value) {
        return switch (name) {
            case "definition", "text", "expression" -> value.strip();
            default ->
                switch (value) {
                    case "yes" -> name;
                    case "no" -> "not " + name;
                    default -> name + " " + value.strip();
                };
        };
    }

    private void statements(String title, Statements statements) {
        line("");
        line(title);
        line("");
        statements.sql().forEach(sql -> line("  " + sql.strip().replace("\n", "\n  ") + ";"));
        if (!statements.unwritten().isEmpty()) {
            line(statements.sql().isEmpty() ? "  Nothing of it can be written here:" : "  This is not in it:");
            statements.unwritten().forEach(one -> line("    " + one));
        }
    }

    private void line(String line) {
        line.lines().forEach(one -> text.append(one.stripTrailing()).append('\n'));
        if (line.isEmpty()) {
            text.append('\n');
        }
    }
}
