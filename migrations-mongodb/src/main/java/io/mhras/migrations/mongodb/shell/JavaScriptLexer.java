package io.mhras.migrations.mongodb.shell;

import io.mhras.migrations.mongodb.shell.Token.Kind;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Cuts JavaScript into its tokens, without comments and white space. It need not understand them: GraalJS does. */
final class JavaScriptLexer {

    private static final String LINE_ENDS = "\n\r\u2028\u2029";
    private static final Set<String> PAIRS = Set.of("++", "--", "=>");

    /** After one of these words a line break ends the statement; before one of the pairs it may. */
    private static final Set<String> RESTRICTED = Set.of("return", "break", "continue", "throw", "yield", "async");

    /** After one of these a slash begins a regular expression. */
    private static final Set<String> BEFORE_EXPRESSION = Set.of(
            "return", "typeof", "case", "in", "of", "delete", "void", "throw", "new", "else", "do", "yield", "await");

    private final String text;
    private final List<Token> tokens = new ArrayList<>();
    /** For each open brace, whether it is the hole of a template. */
    private final Deque<Boolean> braces = new ArrayDeque<>();

    private final StringBuilder masked = new StringBuilder();

    private int at;
    private int maskedTo;
    private int line = 1;
    private int lineBegin;
    private boolean startsLine = true;

    private JavaScriptLexer(String text) {
        this.text = text;
    }

    static List<Token> tokens(String text) {
        JavaScriptLexer lexer = new JavaScriptLexer(text);
        while (lexer.at < text.length()) {
            lexer.next();
        }
        return lexer.tokens;
    }

    /** Whether two scripts differ in nothing but comments and white space; a line break counts where it can mean something. */
    static boolean isSame(String one, String other) {
        return meaning(one).equals(meaning(other));
    }

    /** The text with a question mark for each value, and without comments; line for line. */
    static String masked(String text) {
        JavaScriptLexer lexer = new JavaScriptLexer(text);
        while (lexer.at < text.length()) {
            lexer.next();
        }
        lexer.maskSpace(text.length());
        return lexer.masked.toString();
    }

    /** What is between two tokens: white space and comments. */
    private void maskSpace(int end) {
        String between = text.substring(maskedTo, end);
        masked.append(between.isBlank() ? between : " " + between.replaceAll("[^\n]", ""));
        maskedTo = end;
    }

    private void mask(Kind kind, int end) {
        maskSpace(at);
        String token = text.substring(at, end);
        masked.append(kind == Kind.WORD || kind == Kind.SIGN ? token : "?" + token.replaceAll("[^\n]", ""));
        maskedTo = end;
    }

    private static List<String> meaning(String text) {
        List<String> words = new ArrayList<>();
        String last = "";
        for (Token token : tokens(text)) {
            if (token.startsLine() && (RESTRICTED.contains(last) || PAIRS.contains(token.text()))) {
                words.add("\n");
            }
            words.add(token.text());
            last = token.text();
        }
        return words;
    }

    private void next() {
        char c = text.charAt(at);
        if (c == '\n') {
            newLine();
        } else if (Character.isWhitespace(c) || c == '\uFEFF') {
            startsLine |= LINE_ENDS.indexOf(c) >= 0;
            at++;
        } else if (text.startsWith("//", at) || text.startsWith("#!", at) && at == 0) {
            skipLine();
        } else if (text.startsWith("/*", at)) {
            int end = text.indexOf("*/", at + 2);
            passTo(end < 0 ? text.length() : end + 2);
        } else if (c == '"' || c == '\'') {
            string(c);
        } else if (c == '`') {
            template(at + 1);
        } else if (c == '/' && isExpression() && regularExpressionEnd() > 0) {
            token(Kind.OTHER, regularExpressionEnd());
        } else if (Character.isJavaIdentifierStart(c)) {
            word();
        } else if (Character.isDigit(c)) {
            number();
        } else {
            sign(c);
        }
    }

    private void newLine() {
        at++;
        line++;
        lineBegin = at;
        startsLine = true;
    }

    private void skipLine() {
        while (at < text.length() && LINE_ENDS.indexOf(text.charAt(at)) < 0) {
            at++;
        }
    }

    private void passTo(int end) {
        while (at < end) {
            if (text.charAt(at) == '\n') {
                newLine();
            } else {
                at++;
            }
        }
    }

    private void token(Kind kind, int end) {
        int column = text.codePointCount(lineBegin, at) + 1;
        mask(kind, end);
        tokens.add(new Token(kind, text.substring(at, end), line, column, startsLine));
        passTo(end);
        startsLine = false;
    }

    private void string(char quote) {
        int end = at + 1;
        while (end < text.length() && text.charAt(end) != quote && text.charAt(end) != '\n') {
            end += text.charAt(end) == '\\' ? 2 : 1;
        }
        token(Kind.STRING, Math.min(end + 1, text.length()));
    }

    /** Up to its end, or to a hole, whose content is a script again. */
    private void template(int from) {
        int end = from;
        while (end < text.length() && text.charAt(end) != '`' && !text.startsWith("${", end)) {
            end += text.charAt(end) == '\\' ? 2 : 1;
        }
        boolean hole = end < text.length() && text.charAt(end) == '$';
        if (hole) {
            braces.push(true);
        }
        token(Kind.OTHER, Math.min(end + (hole ? 2 : 1), text.length()));
    }

    private boolean isExpression() {
        Token last = last();
        return last == null
                || last.kind() == Kind.SIGN && !last.is(")") && !last.is("]")
                || last.isWord() && BEFORE_EXPRESSION.contains(last.text());
    }

    private @Nullable Token last() {
        return tokens.isEmpty() ? null : tokens.get(tokens.size() - 1);
    }

    /** After the closing slash; -1 where the line has none, so that the slash is a division's. */
    private int regularExpressionEnd() {
        boolean inClass = false;
        for (int i = at + 1; i < text.length() && text.charAt(i) != '\n'; i++) {
            switch (text.charAt(i)) {
                case '\\' -> i++;
                case '[' -> inClass = true;
                case ']' -> inClass = false;
                case '/' -> {
                    if (!inClass) {
                        return i + 1;
                    }
                }
                default -> {}
            }
        }
        return -1;
    }

    private void word() {
        int end = at;
        while (end < text.length() && Character.isJavaIdentifierPart(text.charAt(end))) {
            end++;
        }
        token(Kind.WORD, end);
    }

    private void number() {
        int end = at;
        while (end < text.length() && (Character.isJavaIdentifierPart(text.charAt(end)) || text.charAt(end) == '.')) {
            end++;
        }
        token(Kind.OTHER, end);
    }

    private void sign(char c) {
        boolean closesHole = c == '}' && !braces.isEmpty() && braces.pop();
        if (c == '{') {
            braces.push(false);
        }
        if (closesHole) {
            template(at + 1);
        } else {
            boolean isPair = PAIRS.stream().anyMatch(pair -> text.startsWith(pair, at));
            token(Kind.SIGN, at + (isPair ? 2 : 1));
        }
    }
}
