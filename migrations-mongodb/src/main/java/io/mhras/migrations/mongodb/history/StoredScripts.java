package io.mhras.migrations.mongodb.history;

import io.mhras.migrations.MigrationHistory.KeptScripts;
import io.mhras.migrations.MigrationScript;
import io.mhras.migrations.MigrationStep;
import org.bson.BsonDocument;
import org.jspecify.annotations.Nullable;

/** The texts of scripts that the history keeps: a rollback works without the files. */
public final class StoredScripts {

    private StoredScripts() {}

    /** Those of a step that was taken. */
    static BsonDocument of(MigrationStep step) {
        KeptScripts kept = KeptScripts.of(step);
        BsonDocument document = new BsonDocument();
        HistoryDocument.append(document, "up_script", kept.up());
        HistoryDocument.append(document, "down_script", kept.down());
        return document;
    }

    public static void keep(BsonDocument document, String field, @Nullable MigrationScript script) {
        HistoryDocument.append(document, field, KeptScripts.text(script));
    }
}
