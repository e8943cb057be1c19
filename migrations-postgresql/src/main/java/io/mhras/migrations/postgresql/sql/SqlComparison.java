package io.mhras.migrations.postgresql.sql;

import java.io.IOException;
import java.io.Reader;
import java.io.StringReader;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import org.jspecify.annotations.Nullable;

/** Compares two scripts as the server would see them: without comments and white space. */
public final class SqlComparison {

    private final String one;
    private final String other;
    private final SqlLexer.Strings strings;

    public SqlComparison(String one, String other, SqlLexer.Strings strings) {
        this.one = one;
        this.other = other;
        this.strings = strings;
    }

    /** Whether both have the same statements, token by token, and the same COPY data, character by character. */
    boolean sameStatements() {
        try {
            SqlScript left = new SqlScript(new StringReader(one), strings);
            SqlScript right = new SqlScript(new StringReader(other), strings);
            while (true) {
                SqlStatement a = left.next();
                SqlStatement b = right.next();
                if (a == null || b == null) {
                    return a == null && b == null;
                }
                if (a.kind() != b.kind() || !sameTokens(a, b) || !sameData(a, left, right)) {
                    return false;
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The first of this many statements of the other script that differs from its counterpart; null if they are alike. */
    public @Nullable SqlStatement firstDifference(int statements) {
        try {
            SqlScript left = new SqlScript(new StringReader(one), strings);
            SqlScript right = new SqlScript(new StringReader(other), strings);
            for (int i = 0; i < statements; i++) {
                SqlStatement a = nextToRun(left);
                SqlStatement b = nextToRun(right);
                if (a == null || b == null || a.kind() != b.kind() || !sameTokens(a, b) || !sameData(a, left, right)) {
                    return b == null ? a : b;
                }
            }
            return null;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static @Nullable SqlStatement nextToRun(SqlScript script) throws IOException {
        SqlStatement next = script.next();
        while (next != null && next.kind() == SqlStatement.Kind.META_COMMAND) {
            next = script.next();
        }
        return next;
    }

    private static boolean sameTokens(SqlStatement a, SqlStatement b) {
        if (a.kind() == SqlStatement.Kind.META_COMMAND) {
            return a.text().equals(b.text());
        }
        SqlLexer left = a.tokens();
        SqlLexer right = b.tokens();
        while (true) {
            SqlLexer.Kind kind = left.nextSignificant();
            if (kind != right.nextSignificant()) {
                return false;
            }
            if (kind == SqlLexer.Kind.END) {
                return true;
            }
            if (!left.text().equals(right.text())) {
                return false;
            }
        }
    }

    private static boolean sameData(SqlStatement statement, SqlScript left, SqlScript right) throws IOException {
        return statement.kind() != SqlStatement.Kind.COPY_FROM_STDIN
                || text(left.copyData()).equals(text(right.copyData()));
    }

    private static String text(Reader reader) throws IOException {
        StringWriter text = new StringWriter();
        reader.transferTo(text);
        return text.toString();
    }
}
