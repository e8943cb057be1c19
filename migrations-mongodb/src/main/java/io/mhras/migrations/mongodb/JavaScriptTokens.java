package io.mhras.migrations.mongodb;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Cuts JavaScript into its tokens, without comments and white space, to hold two texts against each other.
 *
 * <p>It need not understand them: both ran, or will. A line break is kept where it can mean something.
 */
final class JavaScriptTokens {

    private static final Pattern SPACE =
            Pattern.compile("(?:[\\s\\uFEFF]|//[^\\n\\r\\u2028\\u2029]*|/\\*(?s:.*?)\\*/)+");
    private static final Pattern WORD =
            Pattern.compile("[\\p{L}_$#\\\\][\\p{L}\\p{N}_$\\\\]*|\\.?\\d[\\p{L}\\p{N}_.]*");
    private static final Pattern STRING = Pattern.compile("\"(?:[^\"\\\\]|\\\\(?s:.))*\"|'(?:[^'\\\\]|\\\\(?s:.))*'");
    private static final Pattern REGEX =
            Pattern.compile("/(?![*/])(?:[^\\\\/\\[\\n]|\\\\.|\\[(?:[^\\]\\\\\\n]|\\\\.)*])+/[\\p{L}\\p{N}_$]*");
    private static final Pattern OPERATOR = Pattern.compile("\\+\\+|--|=>|(?s:.)");
    private static final Pattern BREAK = Pattern.compile("[\\n\\r\\u2028\\u2029]");

    // Behind these a line break ends the statement, and a slash begins a regular expression.
    private static final Set<String> RESTRICTED = Set.of("return", "break", "continue", "throw", "yield", "async");
    private static final Set<String> BEFORE_REGEX = Set.of(
            "return", "throw", "typeof", "case", "in", "of", "delete", "void", "new", "instanceof", "do", "else");
    private static final Set<String> AFTER_BREAK = Set.of("++", "--", "=>");
    private static final String LINE_BREAK = "\n";

    private final String text;
    private final List<String> tokens = new ArrayList<>();
    private int at;

    private JavaScriptTokens(String text) {
        this.text = text;
    }

    static List<String> of(String text) {
        JavaScriptTokens tokens = new JavaScriptTokens(text);
        tokens.read();
        return tokens.tokens;
    }

    private void read() {
        while (at < text.length()) {
            int before = at;
            boolean isBroken =
                    skip(SPACE) && BREAK.matcher(text).region(before, at).find();
            if (at == text.length()) {
                return;
            }
            String token = next();
            if (isBroken && (RESTRICTED.contains(last()) || AFTER_BREAK.contains(token))) {
                tokens.add(LINE_BREAK);
            }
            tokens.add(token);
        }
    }

    private String next() {
        int start = at;
        if (text.charAt(at) == '`') {
            template();
        } else if (!skip(STRING) && !(mayBeginRegex() && skip(REGEX)) && !skip(WORD)) {
            skip(OPERATOR);
        }
        return text.substring(start, at);
    }

    /** Up to the end of the outermost one: what stands in its expressions is compared as it is. */
    private void template() {
        int depth = 0;
        at++;
        while (at < text.length()) {
            char c = text.charAt(at++);
            if (c == '\\') {
                at++;
            } else if (c == '$' && at < text.length() && text.charAt(at) == '{') {
                depth++;
                at++;
            } else if (c == '}' && depth > 0) {
                depth--;
            } else if (c == '`' && depth == 0) {
                return;
            } else if (c == '`') {
                at--;
                template();
            }
        }
        at = text.length();
    }

    private boolean mayBeginRegex() {
        String last = last();
        boolean isValue = last.equals(")")
                || last.equals("]")
                || last.equals("}")
                || WORD.matcher(last).matches()
                || last.startsWith("\"")
                || last.startsWith("'")
                || last.startsWith("`");
        return !isValue || BEFORE_REGEX.contains(last);
    }

    private String last() {
        return tokens.isEmpty() ? "" : tokens.get(tokens.size() - 1);
    }

    private boolean skip(Pattern pattern) {
        Matcher matcher = pattern.matcher(text).region(at, text.length());
        if (!matcher.lookingAt()) {
            return false;
        }
        at = matcher.end();
        return true;
    }
}
