package io.mhras.migrations.mongodb.history;

import io.mhras.migrations.HistoryEntry.Event;
import io.mhras.migrations.MigrationScript;
import io.mhras.migrations.MigrationStep;
import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import org.bson.BsonDocument;
import org.bson.BsonString;
import org.jspecify.annotations.Nullable;

/** The texts of scripts that the history keeps: a rollback works without the files. */
public final class StoredScripts {

    // A longer script is not kept; a rollback of it then wants its file.
    private static final int MAX_KEPT_CHARACTERS = 1_000_000;

    private StoredScripts() {}

    /** Those of a step that was taken. */
    static BsonDocument of(MigrationStep step) {
        BsonDocument kept = new BsonDocument();
        if (step.event() != Event.ROLLED_BACK && step.event() != Event.UNSTAMPED) {
            keep(kept, "up_script", step.migration().up());
            keep(kept, "down_script", step.migration().down());
        }
        return kept;
    }

    public static void keep(BsonDocument document, String field, @Nullable MigrationScript script) {
        String text = script == null ? null : kept(script);
        if (text != null) {
            document.append(field, new BsonString(text));
        }
    }

    private static @Nullable String kept(MigrationScript script) {
        char[] buffer = new char[8192];
        StringBuilder text = new StringBuilder();
        try (Reader reader = script.open()) {
            for (int read = reader.read(buffer); read >= 0; read = reader.read(buffer)) {
                text.append(buffer, 0, read);
                if (text.length() > MAX_KEPT_CHARACTERS) {
                    return null;
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return text.toString();
    }
}
