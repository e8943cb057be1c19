package io.mhras.migrations.schema;

import io.mhras.migrations.source.MigrationTemplate.NewFile;
import java.util.List;

/**
 * Migration files that lead to a wanted schema, proved and not yet written.
 *
 * @param plan what they do
 * @param files each up file followed by its down file
 * @param elsewhere what differs in objects that a repeatable makes: it has to be changed in its own file
 * @param notes what is to be known besides, each a sentence
 */
public record Draft(SchemaPlan plan, List<NewFile> files, List<RepeatablesObject> elsewhere, List<String> notes) {

    public Draft {
        files = List.copyOf(files);
        elsewhere = List.copyOf(elsewhere);
        notes = List.copyOf(notes);
    }

    /**
     * An object that a repeatable makes, and that is another one in the wanted schema.
     *
     * @param id which
     * @param file where it is made
     * @param sql what it would be there
     */
    public record RepeatablesObject(FactId id, String file, String sql) {}
}
