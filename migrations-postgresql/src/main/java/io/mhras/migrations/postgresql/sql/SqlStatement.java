package io.mhras.migrations.postgresql.sql;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * One item of a script: a statement as it is to be sent, without its semicolon, or a psql meta-command.
 *
 * <p>A statement that the script's end has ended may end in a {@code --} comment: append a line end, not only a semicolon.
 *
 * @param position of the text's first character
 * @param marks places from which on the text does not follow on in the file, since a meta-command stands between
 * @param terminated whether a semicolon (or {@code \g} and its like) ended it, not the end of the script
 * @param strings how its strings are to be read; a message must not hold statements that differ in this
 * @param unclosed what the script's end has left open in it, so that the server will refuse it
 * @param data the first line of the data that follow it
 * @param check the name that a comment above it gives it as a check; null if none does
 */
public record SqlStatement(
        Kind kind,
        String text,
        SqlPosition position,
        List<SqlMark> marks,
        boolean terminated,
        SqlLexer.Strings strings,
        @Nullable Unclosed unclosed,
        @Nullable SqlPosition data,
        @Nullable String check) {

    private static final int HEAD = 500_000;
    private static final int PIECE = 1_000_000;

    // Whatever else there is, such as SELECT, WITH, EXECUTE, FETCH, SHOW, CALL, may return some.
    private static final Set<String> WITHOUT_ROWS = Set.of(
            "ABORT",
            "ALTER",
            "ANALYZE",
            "BEGIN",
            "CHECKPOINT",
            "CLOSE",
            "CLUSTER",
            "COMMENT",
            "COMMIT",
            "COPY",
            "CREATE",
            "DEALLOCATE",
            "DECLARE",
            "DISCARD",
            "DO",
            "DROP",
            "END",
            "GRANT",
            "IMPORT",
            "LISTEN",
            "LOAD",
            "LOCK",
            "MOVE",
            "NOTIFY",
            "PREPARE",
            "REASSIGN",
            "REFRESH",
            "REINDEX",
            "RELEASE",
            "RESET",
            "REVOKE",
            "ROLLBACK",
            "SAVEPOINT",
            "SECURITY",
            "SET",
            "START",
            "TRUNCATE",
            "UNLISTEN",
            "VACUUM");
    private static final Set<String> CHANGING = Set.of("INSERT", "UPDATE", "DELETE", "MERGE");
    private static final Pattern RETURNING = Pattern.compile("\\breturning\\b", Pattern.CASE_INSENSITIVE);
    private static final Set<String> VERBS = Set.of("INSERT", "UPDATE", "DELETE", "MERGE", "SELECT", "VALUES", "TABLE");

    public enum Kind {
        SQL,
        /** Distinguished since files have thousands of them, and each only adds rows. */
        INSERT,
        COPY_FROM_STDIN,
        META_COMMAND
    }

    /** What a statement means to the transaction around it. */
    public enum Transaction {
        /** Runs in any. */
        ANY,
        /** Runs in one of its own. */
        APART,
        /** The server refuses it in one. */
        ALONE,
        BEGINS,
        COMMITS,
        /** Ends it otherwise. */
        ENDS
    }

    /** Something that begins and never ends. */
    record Unclosed(String what, SqlPosition position) {}

    /** What a statement of this text means to the transaction around it. */
    public static Transaction transactionOf(String text) {
        return ofText(text).transaction();
    }

    /** SQL that comes from no script, or from inside of a statement; it is not split. */
    public static SqlStatement ofText(String text) {
        return new SqlStatement(
                Kind.SQL, text, SqlPosition.START, List.of(), true, SqlLexer.Strings.STANDARD, null, null, null);
    }

    public static SqlStatement metaCommand(String text, SqlPosition position, SqlLexer.Strings strings) {
        return new SqlStatement(Kind.META_COMMAND, text, position, List.of(), true, strings, null, null, null);
    }

    public int line() {
        return position.line();
    }

    public int column() {
        return position.column();
    }

    long offset() {
        return position.offset();
    }

    /** The meta-command that this item is. */
    public SqlMetaCommand metaCommand() {
        if (kind != Kind.META_COMMAND) {
            throw new IllegalStateException("Not a meta-command: " + text);
        }
        return SqlMetaCommand.parse(text.substring(1)).command();
    }

    public SqlLexer tokens() {
        return new SqlLexer(text, strings);
    }

    /** Whether it is so long that there should be few copies of it. */
    public boolean isLong() {
        return text.length() > HEAD;
    }

    /** The tokens that tell what a statement does: those of its beginning, if it is a long one. */
    static SqlLexer head(String text, SqlLexer.Strings strings) {
        return new SqlLexer(text.length() > HEAD ? text.substring(0, HEAD) : text, strings);
    }

    private SqlLexer head() {
        return head(text, strings);
    }

    /** The tokens after these words, given in lower case, with which it may begin or not. */
    public SqlLexer tokensBehind(List<String> words) {
        SqlLexer tokens = head();
        tokens.nextSignificant();
        while (words.stream().anyMatch(tokens::isWord)) {
            tokens.nextSignificant();
        }
        return tokens;
    }

    /** Its first tokens, without comments; words in upper case, all others as they are written. */
    public List<String> leading(int most) {
        SqlLexer tokens = head();
        List<String> leading = new ArrayList<>();
        while (leading.size() < most && tokens.nextSignificant() != SqlLexer.Kind.END) {
            String token = tokens.text();
            leading.add(tokens.kind() == SqlLexer.Kind.WORD ? token.toUpperCase(Locale.ROOT) : token);
        }
        return leading;
    }

    /** Whether it begins with these words, given in lower case, with nothing but comments between them. */
    public boolean startsWith(String... words) {
        SqlLexer tokens = head();
        for (String word : words) {
            tokens.nextSignificant();
            if (!tokens.isWord(word)) {
                return false;
            }
        }
        return true;
    }

    /**
     * What it means to the transaction around it, as far as its words tell; of what they do not tell, such as a procedure
     * that commits, only the server knows.
     */
    public Transaction transaction() {
        if (kind == Kind.INSERT) {
            return Transaction.ANY;
        }
        List<String> words = leading(4);
        String second = words.size() > 1 ? words.get(1) : "";
        String third = words.size() > 2 ? words.get(2) : "";
        return switch (words.get(0)) {
            case "BEGIN" -> Transaction.BEGINS;
            case "START" -> second.equals("TRANSACTION") ? Transaction.BEGINS : Transaction.ANY;
            case "COMMIT", "END" -> ending(words, Transaction.COMMITS);
            case "ROLLBACK", "ABORT" -> words.contains("TO") ? Transaction.ANY : ending(words, Transaction.ENDS);
            case "PREPARE" -> second.equals("TRANSACTION") ? Transaction.ENDS : Transaction.ANY;
            case "VACUUM" -> Transaction.ALONE;
            case "CREATE", "DROP" ->
                aloneIf(Set.of("DATABASE", "TABLESPACE").contains(second) || words.contains("CONCURRENTLY"));
            case "ALTER" -> aloneIf(second.equals("SYSTEM") || (second.equals("TABLE") && detachesConcurrently()));
            case "REINDEX" ->
                aloneIf(leading(12).contains("CONCURRENTLY")
                        || Set.of("SCHEMA", "DATABASE", "SYSTEM").contains(second)
                        || third.equals("CONCURRENTLY"));
            default -> Transaction.ANY;
        };
    }

    /** The word, in upper case, that tells what it does: for a WITH, the one after its queries. Empty if it has none. */
    public String verb() {
        SqlLexer tokens = head();
        int parentheses = 0;
        while (tokens.nextSignificant() != SqlLexer.Kind.END) {
            if (tokens.isPunctuation('(')) {
                parentheses++;
            } else if (tokens.isPunctuation(')')) {
                parentheses--;
            } else if (parentheses == 0 && tokens.kind() == SqlLexer.Kind.WORD) {
                String word = tokens.text().toUpperCase(Locale.ROOT);
                if (VERBS.contains(word) || !startsWith("with")) {
                    return word;
                }
            }
        }
        return "";
    }

    /** Whether it may return rows; of what a rule does, only the server knows. */
    public boolean mayReturnRows() {
        if (kind == Kind.INSERT) {
            return RETURNING.matcher(text).find();
        }
        String first = leading(1).get(0);
        return !WITHOUT_ROWS.contains(first)
                && (!CHANGING.contains(first) || RETURNING.matcher(text).find());
    }

    /** Whether it is a {@code COPY ... TO STDOUT}, whose data come to the client. */
    boolean copiesToClient() {
        List<String> words = leading(Integer.MAX_VALUE);
        int to = words.lastIndexOf("TO");
        return to >= 0 && to + 1 < words.size() && Set.of("STDOUT", "STDIN").contains(words.get(to + 1));
    }

    /** Whether it sets something that lasts as long as the session. */
    public boolean isSessionSetting() {
        List<String> words = leading(8);
        return switch (words.get(0)) {
            case "SET", "RESET" ->
                words.size() > 1 && !Set.of("LOCAL", "TRANSACTION").contains(words.get(1));
            case "SELECT" -> words.contains("SET_CONFIG");
            default -> false;
        };
    }

    /** Whether it may make this transaction, or those that follow, read-only. */
    public boolean mayForbidWriting() {
        if (kind == Kind.INSERT) {
            return false;
        }
        List<String> words = leading(12);
        return switch (words.get(0)) {
            case "BEGIN", "START", "SET", "SELECT" ->
                words.contains("ONLY") && !words.get(0).equals("SELECT")
                        || words.stream()
                                .anyMatch(word -> word.toUpperCase(Locale.ROOT).contains("TRANSACTION_READ_ONLY"));
            default -> false;
        };
    }

    private static Transaction ending(List<String> words, Transaction usual) {
        if (words.contains("PREPARED")) {
            return Transaction.ALONE;
        }
        return usual;
    }

    private static Transaction aloneIf(boolean alone) {
        return alone ? Transaction.ALONE : Transaction.ANY;
    }

    private boolean detachesConcurrently() {
        List<String> words = leading(Integer.MAX_VALUE);
        return words.contains("DETACH") && words.contains("CONCURRENTLY");
    }

    /** The place of its first word, after any leading comments. */
    public SqlPosition commandPosition() {
        SqlLexer tokens = head();
        tokens.nextSignificant();
        return at(tokens.start());
    }

    /** The place in the script of a code point of the text, counted from 1 as in the server's error reports. */
    public SqlPosition locate(int codePoint) {
        int known = Math.max(0, Math.min(codePoint - 1, text.codePointCount(0, text.length())));
        return at(text.offsetByCodePoints(0, known));
    }

    private SqlPosition at(int index) {
        SqlMark from = new SqlMark(0, position);
        for (SqlMark mark : marks) {
            if (mark.index() <= index) {
                from = mark;
            }
        }
        SqlPosition place = from.position();
        for (int i = from.index(); i < index; i += PIECE) {
            int end = Math.min(index, i + PIECE);
            // Whether a CR ends a line is known only with the next character.
            char[] piece = text.substring(i, Math.min(text.length(), end + 1)).toCharArray();
            place = place.after(piece, 0, end - i);
        }
        return place;
    }

    /** The same with another text; positions in the file are then known up to the first difference. */
    SqlStatement withText(String newText) {
        return new SqlStatement(kind, newText, position, marks, terminated, strings, unclosed, data, check);
    }

    /** A statement of ours that does its work. */
    public SqlStatement replacedBy(String sql) {
        return new SqlStatement(Kind.SQL, sql, commandPosition(), List.of(), true, strings, null, null, check);
    }

    SqlStatement withData(SqlPosition firstLine) {
        return new SqlStatement(kind, text, position, marks, terminated, strings, unclosed, firstLine, check);
    }

    SqlStatement leftOpen(String what, int index) {
        Unclosed open = new Unclosed(what, at(index));
        return new SqlStatement(kind, text, position, marks, terminated, strings, open, data, check);
    }
}
