package io.mhras.migrations.schema;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Says what was renamed, where the schemas do not tell. */
@FunctionalInterface
public interface RenameDecision {

    /**
     * What was said before anything was asked.
     *
     * @param from the schema before
     * @param to the schema after
     */
    default List<Rename> given(SchemaSnapshot from, SchemaSnapshot to) {
        return List.of();
    }

    /** Nobody says it. */
    RenameDecision NONE = (questions, options) -> null;

    /**
     * The options with an answer to each of these questions; null if there is none.
     *
     * @param questions at least one
     * @param options as they are so far
     */
    @Nullable DiffOptions decide(List<RenameQuestion> questions, DiffOptions options);
}
