package io.mhras.migrations.schema;

import java.util.List;

/**
 * That an object may have been renamed, or have gone while another one came: the two schemas do not tell.
 *
 * @param gone what is in the schema before only
 * @param candidates what may be it in the schema after; never empty
 */
public record RenameQuestion(FactId gone, List<FactId> candidates) {

    public RenameQuestion {
        candidates = List.copyOf(candidates);
    }
}
