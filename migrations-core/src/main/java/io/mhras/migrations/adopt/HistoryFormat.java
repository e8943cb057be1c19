package io.mhras.migrations.adopt;

import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** How a tool writes its history down: the columns that it has, and what its rows say. */
interface HistoryFormat {

    /** What each document of MongoDB has, whoever wrote it. */
    String OF_EACH_DOCUMENT = "_id";

    /** The columns by which it is recognised: a table has one of each of these sets. */
    List<Set<String>> recognisedBy();

    /** Whether such a table has no other columns. */
    default boolean hasNoOthers() {
        return false;
    }

    /** A column that no other table has, by which one with a name of the user's choice is found; null if there is none. */
    default @Nullable String telltale() {
        return null;
    }

    /** Whether a table with these columns looks like it when nobody says so: two tools use the same name for theirs. */
    default boolean isSurely(Set<String> columns) {
        return recognisedBy().stream().allMatch(any -> any.stream().anyMatch(columns::contains))
                && (!hasNoOthers()
                        || columns.stream()
                                .filter(column -> !column.equals(OF_EACH_DOCUMENT))
                                .allMatch(column -> recognisedBy().stream().anyMatch(any -> any.contains(column))));
    }

    /** Whether a table with these columns can be read in this way when the user says so. */
    default boolean fits(Set<String> columns) {
        return isSurely(columns);
    }

    /** What the rows say, in the order in which it was applied: what is applied, and what is not finished. */
    List<OtherMigration> read(List<HistoryRow> rows);

    /** All of these columns. */
    static List<Set<String>> all(String... columns) {
        return Stream.of(columns).map(Set::of).toList();
    }
}
