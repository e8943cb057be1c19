package io.mhras.migrations.postgresql.wire;

import io.mhras.migrations.postgresql.sql.SqlStatement;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Several statements as the text of one Query message, and where in that text each of them is. */
public final class QueryMessage {

    // pgjdbc walks a list to its end for each result, so longer messages cost more than the round trips they save.
    private static final int MAX_STATEMENTS = 500;

    // Three of them are in memory, and each more than once: one on its way, one that waits, and one that is being read.
    private static final int MAX_CHARACTERS = 500_000;

    private static final String END = "\n;\n";

    private final StringBuilder text = new StringBuilder();
    private final List<Part> parts = new ArrayList<>();
    private boolean holdsScript;

    /** The only statement, if it is a long one, of which there should be no copy. */
    private @Nullable String only;

    /**
     * One statement of the message.
     *
     * @param start its first character's index in the text
     * @param end the index after its last character
     * @param statement where it is in the script; null for a statement of ours
     * @param number which one of the script's statements it is, from 1; 0 for a statement of ours
     */
    public record Part(int start, int end, @Nullable SqlStatement statement, int number) {

        /** The same with so many characters fewer before it. */
        Part movedBack(int characters) {
            return new Part(start - characters, end - characters, statement, number);
        }
    }

    /** Adds statements of ours. */
    public QueryMessage own(String... statements) {
        for (String statement : statements) {
            add(statement, null, 0);
        }
        return this;
    }

    /** Adds a statement of a script. */
    public QueryMessage add(SqlStatement statement, int number) {
        add(statement.text(), statement, number);
        holdsScript = true;
        return this;
    }

    private void add(String sql, @Nullable SqlStatement statement, int number) {
        if (parts.isEmpty() && statement != null && statement.isLong()) {
            only = sql;
            parts.add(new Part(0, sql.length(), statement, number));
            return;
        }
        if (only != null) {
            text.append(only).append(END);
            only = null;
        }
        int start = text.length();
        text.append(sql);
        parts.add(new Part(start, text.length(), statement, number));
        // On a line of its own: the statement may end in a comment.
        text.append(END);
    }

    /** The same after a statement of ours. */
    QueryMessage behind(String statement) {
        QueryMessage message = new QueryMessage().own(statement);
        parts.forEach(part -> message.add(text(part), part.statement(), part.number()));
        message.holdsScript = holdsScript;
        return message;
    }

    /** The same with the statements from one to the one before another only. */
    QueryMessage piece(int from, int to) {
        if (to - from == parts.size()) {
            return this;
        }
        QueryMessage piece = new QueryMessage();
        parts.subList(from, to).forEach(part -> {
            piece.add(text(part), part.statement(), part.number());
            piece.holdsScript |= part.statement() != null;
        });
        return piece;
    }

    /** Whether it contains a statement of a script. */
    public boolean holdsScript() {
        return holdsScript;
    }

    public boolean isEmpty() {
        return parts.isEmpty();
    }

    /** Whether it is time to send it and to begin another. */
    public boolean isFull() {
        return only != null || parts.size() >= MAX_STATEMENTS || text.length() >= MAX_CHARACTERS;
    }

    String text() {
        return text(0, parts.size());
    }

    /** The text from one part to the one before another. */
    String text(int from, int to) {
        if (only != null) {
            return only;
        }
        return from == to
                ? ""
                : text.substring(
                        parts.get(from).start(),
                        to == parts.size() ? text.length() : parts.get(to).start());
    }

    /** One statement's own text. */
    String text(Part part) {
        return only == null ? text.substring(part.start(), part.end()) : only;
    }

    public List<Part> parts() {
        return parts;
    }

    /** The part that the character is in; null if it is between two. */
    @Nullable Part partAt(int index) {
        return parts.stream()
                .filter(part -> part.start() <= index && index <= part.end() + 1)
                .findFirst()
                .orElse(null);
    }
}
