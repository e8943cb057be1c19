package io.mhras.migrations.source;

import io.mhras.migrations.DatabaseKind;
import io.mhras.migrations.MigrationException.InvalidMigration;
import io.mhras.migrations.SourceLocation;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Matcher;

/**
 * Looks through a script line by line and collects the options in the comments above its first statement.
 *
 * <p>This is no lexer: below the first statement it only reports what is a comment beyond doubt.
 */
final class HeaderScanner {

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

    /** The beginning of a line, from earlier chunks. */
    private final StringBuilder begun = new StringBuilder(0);

    private boolean afterCr;

    /** The current line, or a part of one, is between two indexes of this array: most never become a String. */
    private char[] chars = {};

    private int from;
    private int to;

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

    /** Takes the next chunk of a script. A very long line comes in parts: a file can be one line. */
    void scan(char[] stretch, int count) {
        int start = 0;
        for (int i = 0; i < count; i++) {
            char c = stretch[i];
            if (c == '\n' && afterCr) {
                start = i + 1;
            } else if (c == '\n' || c == '\r') {
                part(stretch, start, i);
                endLine();
                start = i + 1;
            } else if (begun.length() >= MAX_PART_CHARS && mayBeCutBehind(c)) {
                part(stretch, start, i + 1);
                columnsBefore += Character.codePointCount(chars, from, to - from);
                start = i + 1;
            }
            afterCr = c == '\r';
        }
        begun.append(stretch, start, count - start);
    }

    /** The script has ended. */
    void end() {
        if (!begun.isEmpty()) {
            part(chars, 0, 0);
        }
    }

    /** Whatever is looked for is then in one part. */
    private static boolean mayBeCutBehind(char c) {
        return !Character.isLetter(c) && !Character.isSurrogate(c) && "-*/_".indexOf(c) < 0;
    }

    /** Takes a line, or the next part of one: what was begun, and what follows here. */
    private void part(char[] stretch, int start, int end) {
        chars = stretch;
        from = start;
        to = end;
        if (!begun.isEmpty()) {
            begun.append(stretch, start, end - start);
            chars = begun.toString().toCharArray();
            from = 0;
            to = chars.length;
            begun.setLength(0);
        }
        part();
    }

    private void part() {
        if (isAtLineStart) {
            lineNumber++;
            int first = from;
            while (first < to && Character.isWhitespace(chars[first])) {
                first++;
            }
            isComment = startsWith(comments.lineComment(), first);
            if (hasStatements && isComment) {
                belowHeader(first + comments.lineComment().length());
            }
        }
        if (!hasStatements && !restIsComment) {
            header();
        }
        if (commentsAreCertain && !isComment) {
            mayHideComments |= hasWhatMayHideComments();
            commentsAreCertain = !hasStatements || !mayHideComments;
        }
        isAtLineStart = false;
    }

    private boolean startsWith(String text, int at) {
        for (int i = 0; i < text.length(); i++) {
            if (at + i >= to || chars[at + i] != text.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    /** Whether what looks like a comment after it may be part of a string, of a comment or of inline data. */
    private boolean hasWhatMayHideComments() {
        for (int i = from; i < to; i++) {
            boolean may = switch (chars[i]) {
                case '\'', '"', '$', '`' -> true;
                case '/' -> startsWith("/*", i);
                case 's', 'S' -> i + 5 <= to && "stdin".equalsIgnoreCase(new String(chars, i, 5));
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

    private void header() {
        int at = from;
        while (at < to && !hasStatements) {
            if (openBlockComments > 0) {
                at = insideBlockComment(at);
            } else if (Character.isWhitespace(chars[at])) {
                at++;
            } else if (startsWith(comments.lineComment(), at)) {
                hasComments = true;
                restIsComment = true;
                int text = at + comments.lineComment().length();
                if (maySaySomething(text)) {
                    refuseDownSection(line(), text - from);
                    option(line(), text - from);
                }
                return;
            } else if (startsWith("/*", at)) {
                hasComments = true;
                openBlockComments = 1;
                at += 2;
            } else {
                hasStatements = true;
            }
        }
    }

    private int insideBlockComment(int at) {
        if (startsWith("*/", at)) {
            openBlockComments--;
            return at + 2;
        }
        if (comments.nests() && startsWith("/*", at)) {
            openBlockComments++;
            return at + 2;
        }
        return at + 1;
    }

    /** Whether the text of a comment begins as an option does, or as another tool's line: nearly none does. */
    private boolean maySaySomething(int text) {
        int first = text;
        while (first < to && chars[first] <= ' ') {
            first++;
        }
        return first < to && "mM+".indexOf(chars[first]) >= 0;
    }

    private String line() {
        return new String(chars, from, to - from);
    }

    private void option(String line, int text) {
        Matcher matcher = HeaderComment.option(line, text);
        if (!matcher.matches()) {
            return;
        }
        HeaderOption.Key key = HeaderOption.Key.of(matcher.group(2)).orElse(null);
        boolean spaced = !matcher.group(1).isEmpty();
        if (key == null && !spaced) {
            throw new InvalidMigration(
                    "there is no option 'migrate:" + matcher.group(2) + "'.",
                    place(line, matcher.start(2)),
                    "The options are " + HeaderOption.Key.offered() + ".");
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

    private void belowHeader(int begin) {
        if (!maySaySomething(begin)) {
            return;
        }
        String line = line();
        int text = begin - from;
        refuseDownSection(line, text);
        Matcher matcher = HeaderComment.option(line, text);
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

    private void refuseDownSection(String line, int text) {
        if (HeaderComment.beginsDownSection(line, text)) {
            throw new InvalidMigration(
                    "the way back begins here, but a file runs as a whole: the change would be undone at once.",
                    place(line, text),
                    "Take this line out, and move what follows it to " + ScriptNames.downOf(location) + ".");
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

        /** The style of files for this kind of database. */
        static CommentStyle of(DatabaseKind kind) {
            return switch (kind) {
                case POSTGRESQL -> SQL;
                case MONGODB -> JAVASCRIPT;
            };
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
