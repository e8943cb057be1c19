package io.mhras.migrations.source;

import io.mhras.migrations.MigrationException.InvalidMigration;
import io.mhras.migrations.SourceLocation;
import java.io.IOException;
import java.io.Reader;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Looks through a script line by line and collects the options in the comments above its first statement.
 *
 * <p>This is no lexer: below the first statement it only reports what is a comment beyond doubt.
 */
final class HeaderScanner {

    /** {@code migrate: words} is prose, unless the first word is an option's name. */
    private static final Pattern OPTION = Pattern.compile("(?is)\\s*migrate:(\\s*)(\\S*)\\s*(.*?)\\s*");

    /** Goose, dbmate and sql-migrate keep the way back in the same file, under a line like this. */
    private static final Pattern DOWN_SECTION =
            Pattern.compile("(?is)\\s*(?:\\+goose\\s+down|migrate:down|\\+migrate\\s+down)\\b.*");

    private static final int BUFFER_CHARS = 1024;
    private static final int MAX_PART_CHARS = 256 * 1024;

    private final String location;
    private final CommentStyle comments;
    private final Map<HeaderOption.Key, HeaderOption> options = new HashMap<>();
    private int lineNumber;
    private int columnsBefore;
    private int openBlockComments;
    private boolean isAtLineStart = true;
    private boolean isComment;
    private boolean restIsComment;
    private boolean mayHideComments;
    private boolean hasComments;
    private boolean hasStatements;
    private boolean commentsAreCertain = true;

    HeaderScanner(String location, CommentStyle comments) {
        this.location = location;
        this.comments = comments;
    }

    Map<HeaderOption.Key, HeaderOption> options() {
        return options;
    }

    boolean hasComments() {
        return hasComments;
    }

    boolean hasStatements() {
        return hasStatements;
    }

    /** Takes a whole script. A very long line comes in parts: a file can be one line. */
    void scan(Reader script) throws IOException {
        char[] chars = new char[BUFFER_CHARS];
        StringBuilder begun = new StringBuilder();
        boolean afterCr = false;
        for (int count = script.read(chars); count >= 0; count = script.read(chars)) {
            int start = 0;
            for (int i = 0; i < count; i++) {
                char c = chars[i];
                if (c == '\n' && afterCr) {
                    start = i + 1;
                } else if (c == '\n' || c == '\r') {
                    part(joined(begun, chars, start, i));
                    endLine();
                    start = i + 1;
                } else if (begun.length() >= MAX_PART_CHARS && mayBeCutBehind(c)) {
                    String part = joined(begun, chars, start, i + 1);
                    part(part);
                    columnsBefore += part.codePointCount(0, part.length());
                    start = i + 1;
                }
                afterCr = c == '\r';
            }
            begun.append(chars, start, count - start);
        }
        if (!begun.isEmpty()) {
            part(begun.toString());
        }
    }

    private static String joined(StringBuilder begun, char[] chars, int from, int to) {
        if (begun.isEmpty()) {
            return new String(chars, from, to - from);
        }
        String joined = begun.append(chars, from, to - from).toString();
        begun.setLength(0);
        return joined;
    }

    /** Whatever is looked for then stands in one part. */
    private static boolean mayBeCutBehind(char c) {
        return !Character.isLetter(c) && !Character.isSurrogate(c) && "-*/_".indexOf(c) < 0;
    }

    /** Takes a line, or the next part of one. */
    private void part(String text) {
        if (isAtLineStart) {
            lineNumber++;
            isComment = text.stripLeading().startsWith(comments.lineComment());
            if (hasStatements && isComment) {
                belowHeader(text);
            }
        }
        if (!hasStatements && !restIsComment) {
            header(text);
        }
        if (commentsAreCertain && !isComment) {
            mayHideComments |= mayHideComments(text);
            commentsAreCertain = !hasStatements || !mayHideComments;
        }
        isAtLineStart = false;
    }

    /** Whether what looks like a comment behind it may be part of a string, of a comment or of inline data. */
    private static boolean mayHideComments(String text) {
        for (int i = 0; i < text.length(); i++) {
            boolean may = switch (text.charAt(i)) {
                case '\'', '"', '$', '`' -> true;
                case '/' -> text.startsWith("/*", i);
                case 's', 'S' -> text.regionMatches(true, i, "stdin", 0, 5);
                default -> false;
            };
            if (may) {
                return true;
            }
        }
        return false;
    }

    private void endLine() {
        isAtLineStart = true;
        restIsComment = false;
        mayHideComments = false;
        columnsBefore = 0;
    }

    private void header(String line) {
        int at = 0;
        while (at < line.length() && !hasStatements) {
            if (openBlockComments > 0) {
                at = insideBlockComment(line, at);
            } else if (Character.isWhitespace(line.charAt(at))) {
                at++;
            } else if (line.startsWith(comments.lineComment(), at)) {
                hasComments = true;
                restIsComment = true;
                int text = at + comments.lineComment().length();
                refuseDownSection(line, text);
                option(line, text);
                return;
            } else if (line.startsWith("/*", at)) {
                hasComments = true;
                openBlockComments = 1;
                at += 2;
            } else {
                hasStatements = true;
            }
        }
    }

    private int insideBlockComment(String line, int at) {
        if (line.startsWith("*/", at)) {
            openBlockComments--;
            return at + 2;
        }
        if (comments.nests() && line.startsWith("/*", at)) {
            openBlockComments++;
            return at + 2;
        }
        return at + 1;
    }

    private void option(String line, int from) {
        Matcher matcher = OPTION.matcher(line).region(from, line.length());
        if (!matcher.matches()) {
            return;
        }
        HeaderOption.Key key = HeaderOption.Key.of(matcher.group(2)).orElse(null);
        boolean spaced = !matcher.group(1).isEmpty();
        if (key == null && !spaced) {
            throw new InvalidMigration(
                    "there is no option 'migrate:" + matcher.group(2) + "'.",
                    place(line, matcher.start(2)),
                    "The options are " + HeaderOption.Key.all() + ".");
        }
        if (key != null && spaced) {
            throw new InvalidMigration(
                    "there is a space in 'migrate: " + key + "'.",
                    place(line, matcher.start(1)),
                    "Write 'migrate:" + key + "'.");
        }
        if (key != null && key != HeaderOption.Key.LINT_IGNORE) {
            add(new HeaderOption(key, matcher.group(3), place(line, matcher.start(3))));
        }
    }

    private void add(HeaderOption option) {
        HeaderOption first = options.putIfAbsent(option.key(), option);
        if (first != null) {
            throw option.invalid(
                    "'migrate:" + option.key() + "' stands twice in this header, first in line "
                            + first.place().line() + ".",
                    option.key() == HeaderOption.Key.REQUIRES
                            ? "Leave one of them, with all versions, separated by commas."
                            : "Leave one of them.");
        }
    }

    private void belowHeader(String line) {
        int text = line.indexOf(comments.lineComment()) + comments.lineComment().length();
        refuseDownSection(line, text);
        Matcher matcher = OPTION.matcher(line).region(text, line.length());
        if (commentsAreCertain && matcher.matches()) {
            HeaderOption.Key.of(matcher.group(2))
                    .filter(key -> key != HeaderOption.Key.LINT_IGNORE)
                    .ifPresent(key -> {
                        throw new InvalidMigration(
                                "'migrate:" + key + "' stands below the first statement, where it does nothing.",
                                place(line, matcher.start(2)),
                                "Move the line to the top of the file.");
                    });
        }
    }

    private void refuseDownSection(String line, int from) {
        if (DOWN_SECTION.matcher(line).region(from, line.length()).matches()) {
            throw new InvalidMigration(
                    "the way back begins here, but a file runs as a whole: the change would be undone at once.",
                    place(line, from),
                    "Take this line out, and move what follows it to "
                            + location.replaceFirst("(\\.up)?\\.(\\w+)$", ".down.$2") + ".");
        }
    }

    private SourceLocation place(String line, int index) {
        return new SourceLocation(location, lineNumber, columnsBefore + line.codePointCount(0, index) + 1);
    }

    /** How comments are written in a language of scripts. */
    enum CommentStyle {
        SQL("--"),
        JAVASCRIPT("//");

        private final String lineComment;

        CommentStyle(String lineComment) {
            this.lineComment = lineComment;
        }

        /** The style of files with this ending. */
        static CommentStyle of(String extension) {
            return extension.equalsIgnoreCase("js") ? JAVASCRIPT : SQL;
        }

        /** What begins a comment that goes to the end of the line. */
        String lineComment() {
            return lineComment;
        }

        /** Whether a block comment may have others in it: in PostgreSQL it may. */
        boolean nests() {
            return this == SQL;
        }
    }
}
