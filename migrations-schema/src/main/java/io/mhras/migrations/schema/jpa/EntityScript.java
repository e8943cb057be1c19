package io.mhras.migrations.schema.jpa;

import io.mhras.migrations.postgresql.sql.SqlLexer;
import io.mhras.migrations.postgresql.sql.SqlLexer.Kind;
import io.mhras.migrations.postgresql.sql.SqlLexer.Strings;
import io.mhras.migrations.schema.Hazard;
import io.mhras.migrations.schema.SchemaFact;
import io.mhras.migrations.schema.SchemaPlan;
import io.mhras.migrations.schema.SchemaPlan.HeldBack;
import io.mhras.migrations.schema.SchemaPlan.Part;
import io.mhras.migrations.schema.SchemaPlan.Statement;
import io.mhras.migrations.schema.report.EntityComparison;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Writes plans as files.
 *
 * @param schema whose name is left out; null for {@code public}
 */
public record EntityScript(@Nullable String schema) {

    private static final String NO_TRANSACTION = "-- migrate:transaction none\n";

    /** An up file. */
    public String up(EntityComparison comparison, Part part) {
        StringBuilder text = new StringBuilder();
        if (!part.isTransactional()) {
            text.append(NO_TRANSACTION);
        }
        if (part.why() != null) {
            comment(text, part.why());
        }
        for (Statement statement : part.statements()) {
            separate(text);
            for (Hazard hazard : statement.hazards()) {
                if (tells(hazard)) {
                    comment(text, hazard.text().replace(own() + ".", ""));
                }
            }
            text.append(local(statement.sql())).append(";\n");
        }
        List<Part> parts = comparison.up().parts();
        if (part.equals(parts.get(parts.size() - 1))) {
            proposals(comparison, text);
        }
        return text.toString();
    }

    /** A short lock is what every change takes. */
    private static boolean tells(Hazard hazard) {
        return !(hazard instanceof Hazard.Locks lock) || lock.isLong();
    }

    private void proposals(EntityComparison comparison, StringBuilder text) {
        for (HeldBack held : comparison.up().heldBack()) {
            separate(text);
            comment(text, "HELD BACK: " + local(held.sql()) + ";");
        }
        for (SchemaFact index : comparison.indexes()) {
            separate(text);
            comment(
                    text,
                    "PROPOSED: no index finds the rows of this foreign key, which are looked for when what they point to is"
                            + " deleted.");
            comment(text, local(Objects.requireNonNullElse(index.attribute("definition"), "")) + ";");
        }
    }

    /** The down files. The way back has other parts than the way there, so that what is left goes with the first file. */
    public List<String> down(EntityComparison comparison) {
        int files = comparison.up().parts().size();
        SchemaPlan down = comparison.down();
        List<StringBuilder> texts = new ArrayList<>();
        for (int i = 0; i < files; i++) {
            texts.add(new StringBuilder());
        }
        int at = files - 1;
        for (Part part : down.parts()) {
            StringBuilder text = texts.get(Math.max(at, 0));
            if (!part.isTransactional() && text.isEmpty()) {
                text.append(NO_TRANSACTION);
            }
            for (Statement statement : part.statements()) {
                separate(text);
                if (statement.irreversible() == null) {
                    text.append(local(statement.sql())).append(";\n");
                } else {
                    comment(text, "IRREVERSIBLE: " + statement.irreversible());
                    comment(text, local(statement.sql()) + ";");
                }
            }
            at--;
        }
        for (StringBuilder text : texts) {
            if (text.isEmpty()) {
                text.append(
                        "-- Nothing is left to take back here: the down files of the later steps do it.\nSELECT;\n");
            }
        }
        return texts.stream().map(StringBuilder::toString).toList();
    }

    private static void separate(StringBuilder text) {
        if (!text.isEmpty()) {
            text.append('\n');
        }
    }

    private static void comment(StringBuilder text, String words) {
        words.strip().lines().forEach(line -> text.append("-- ").append(line).append('\n'));
    }

    /** Without the schema's own name: the files run in any. */
    public String local(String sql) {
        StringBuilder local = new StringBuilder();
        SqlLexer tokens = new SqlLexer(sql, Strings.STANDARD);
        int copied = 0;
        while (tokens.nextSignificant() != Kind.END) {
            boolean isName = tokens.kind() == Kind.WORD || tokens.kind() == Kind.QUOTED_IDENTIFIER;
            if (isName && SqlWords.name(tokens.text()).equals(own())) {
                int start = tokens.start();
                tokens.nextSignificant();
                if (tokens.isPunctuation('.')) {
                    local.append(sql, copied, start);
                    copied = tokens.start() + 1;
                }
            }
        }
        return local.append(sql, copied, sql.length()).toString();
    }

    private String own() {
        return schema == null ? "public" : schema;
    }
}
