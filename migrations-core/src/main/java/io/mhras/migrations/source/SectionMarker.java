package io.mhras.migrations.source;

import java.util.regex.Pattern;

/** The lines by which other tools tell the way back from the change, where both stand in one file. */
enum SectionMarker {
    /** {@code -- +goose Down}; so do sql-migrate, micrate and rockhopper. */
    GOOSE("\\+\\s*(?:\\w+\\s+)?down\\b.*"),
    /** {@code -- migrate:down} */
    DBMATE("migrate:down\\b.*"),
    /** {@code ---- create above / drop below ----} */
    TERN("-*\\s*create above\\s*/\\s*drop below\\b.*"),
    /** {@code -- //@UNDO}; dbdeploy began with it. */
    MYBATIS("(?://)?\\s*@undo\\b.*"),
    /** {@code # --- !Downs}, or {@code -- !Downs} */
    PLAY("[\\s-]*!downs\\b.*"),
    /** {@code -- rambler down} */
    RAMBLER("rambler\\s+down\\b.*"),
    /** {@code -- down.sql --}, in an archive of files. */
    ATLAS("down\\.sql\\s*--.*"),
    /** {@code -- Down Migration} */
    NODE_PG_MIGRATE("[\\s-]*down\\s+migration\\W*(?:\\(.*\\)\\W*)?"),
    /** {@code -- ==== DOWN ====}, as shmig has it, and {@code -- Down}. */
    ALONE("[^\\p{L}\\p{N}]*(?:down|undo)[^\\p{L}\\p{N}]*");

    private final Pattern line;

    SectionMarker(String line) {
        this.line = Pattern.compile("(?is)\\s*" + line);
    }

    /** Whether the text of a comment, from this index on, begins a way back. */
    static boolean isIn(String line, int text) {
        for (SectionMarker marker : values()) {
            if (marker.begins(line, text)) {
                return true;
            }
        }
        return false;
    }

    /** Whether it begins one even in a file that is nothing but a way back, where some are mere headings. */
    static boolean isBeyondDoubtIn(String line, int text) {
        return isIn(line, text) && !NODE_PG_MIGRATE.begins(line, text) && !ALONE.begins(line, text);
    }

    static boolean isPlaysDown(String line, int text) {
        return PLAY.begins(line, text);
    }

    /** Whether Play's own line says that the change begins. */
    static boolean isPlaysUp(String line, int text) {
        return line.substring(text).matches("(?i)[\\s-]*!ups\\b.*");
    }

    private boolean begins(String text, int from) {
        return line.matcher(text).region(from, text.length()).matches();
    }
}
