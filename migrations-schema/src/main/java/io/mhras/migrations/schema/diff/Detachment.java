package io.mhras.migrations.schema.diff;

import static io.mhras.migrations.schema.FactId.quoted;

import io.mhras.migrations.schema.FactId;
import io.mhras.migrations.schema.FactKind;
import io.mhras.migrations.schema.Hazard;
import io.mhras.migrations.schema.SchemaFact;
import io.mhras.migrations.schema.diff.Piece.Moment;
import java.util.List;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** How a partition leaves its table while others go on. */
record Detachment(State from, State to) {

    private static final int DETACH_CONCURRENTLY = 14;
    private static final int LONGEST_NAME = 63;
    private static final Pattern PARTITION_KEY = Pattern.compile("(?:RANGE|LIST|HASH) \\(([^()\"]+)\\)");

    /** The server leaves a check behind that says the same as the bounds. */
    List<Piece> of(FactId partition, String sql, List<Hazard> hazards) {
        String check = checkOfBounds(partition);
        if (check == null || from.snapshot().majorVersion() < DETACH_CONCURRENTLY || hasDefaultPartition(partition)) {
            return List.of(Piece.plain(sql, hazards));
        }
        return List.of(
                Piece.apart(
                        Moment.IN_TURN,
                        sql + " CONCURRENTLY",
                        "a partition is detached while others go on, which no transaction can do"),
                Piece.plain(
                        "ALTER TABLE " + partition.qualifiedName() + " DROP CONSTRAINT IF EXISTS " + quoted(check),
                        List.of(new Hazard.Locks(partition, "ACCESS EXCLUSIVE", /* isLong= */ false))));
    }

    /** Its name, as far as it can be told. */
    private @Nullable String checkOfBounds(FactId partition) {
        List<SchemaFact> parents = from.needs(partition).stream()
                .filter(id -> id.kind() == FactKind.TABLE)
                .map(from::fact)
                .filter(Objects::nonNull)
                .toList();
        SchemaFact parent = parents.size() == 1 ? parents.get(0) : null;
        Matcher key = PARTITION_KEY.matcher(parent == null ? "" : String.valueOf(parent.attribute("partition by")));
        if (!key.matches() || parent == null || parent.attribute("partition of") != null) {
            return null;
        }
        String[] columns = key.group(1).split(", ", -1);
        String name =
                partition.name() + (columns.length == 1 ? "_" + columns[0].replaceFirst(" .*", "") : "") + "_check";
        FactId check = new FactId(
                FactKind.CONSTRAINT,
                List.of(partition.path().get(0), partition.path().get(1), name));
        return name.length() > LONGEST_NAME || from.has(check) || to.has(check) ? null : name;
    }

    private boolean hasDefaultPartition(FactId partition) {
        return from.needs(partition).stream()
                .filter(id -> id.kind() == FactKind.TABLE)
                .flatMap(parent -> from.dependents(parent).stream())
                .map(from::fact)
                .anyMatch(fact -> fact != null
                        && String.valueOf(fact.attribute("partition of")).endsWith(" DEFAULT"));
    }
}
