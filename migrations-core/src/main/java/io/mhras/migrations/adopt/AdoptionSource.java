package io.mhras.migrations.adopt;

import io.mhras.migrations.TableReader.Kind;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Which other tool's history to adopt, and where it is.
 *
 * @param tool null for the one whose table or collection is there
 * @param schema where the table is; null for the connection's search path
 * @param table what it is called; null for the tool's usual name
 */
public record AdoptionSource(
        @Nullable OtherTool tool,
        @Nullable String schema,
        @Nullable String table) {

    /** The history of whichever tool is found at its usual place. */
    public static final AdoptionSource ANY = new AdoptionSource(null, null, null);

    /** The tools that it can belong to; none if the named tool does not keep its history in this kind. */
    List<OtherTool> tools(Kind kind) {
        return OtherTool.keptIn(kind).stream()
                .filter(each -> tool == null || each == tool)
                .toList();
    }

    /** What the table or collection may be called. */
    Set<String> names(Kind kind) {
        return table != null
                ? Set.of(table)
                : tools(kind).stream()
                        .flatMap(each -> each.usualNames(kind).stream())
                        .collect(Collectors.toSet());
    }

    /** The columns by which it is found whatever it is called; none if the user has said what that is. */
    Set<String> telltales() {
        return table == null ? OtherTool.telltales() : Set.of();
    }
}
