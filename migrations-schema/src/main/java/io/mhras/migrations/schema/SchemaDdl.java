package io.mhras.migrations.schema;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The statements that make a schema in an empty database.
 *
 * @param head comments that come first: which server it is for
 * @param statements in order, without their semicolons
 * @param unwritten what of the schema they do not make
 */
public record SchemaDdl(String head, List<String> statements, List<Unwritten> unwritten) {

    public SchemaDdl {
        statements = List.copyOf(statements);
        unwritten = List.copyOf(unwritten);
    }

    /**
     * What could not be written.
     *
     * @param id of what differs; null for objects of kinds that are not read, or may not be read
     * @param what in words
     */
    public record Unwritten(@Nullable FactId id, String what) {
        @Override
        public String toString() {
            return what;
        }
    }

    /** A file that psql runs, with what is not written as comments in its head. */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder(head);
        unwritten.forEach(each -> text.append("-- not written: ")
                .append(each.what().replace("\n", "\n--   "))
                .append('\n'));
        statements.forEach(statement -> text.append('\n').append(statement).append(";\n"));
        return text.toString();
    }
}
