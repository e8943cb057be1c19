package io.mhras.migrations.source;

import io.mhras.migrations.DatabaseKind;
import io.mhras.migrations.MigrationException.InvalidMigration;
import io.mhras.migrations.SourceLocation;
import io.mhras.migrations.source.MigrationFileName.Role;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Matcher;
import org.jspecify.annotations.Nullable;

/**
 * Looks through a script line by line and collects the options in the comments above its first statement.
 *
 * <p>This is no lexer: below the first statement it only reports what is a comment beyond doubt.
 */
final class HeaderScanner {

    private static final int MAX_PART_CHARS = 256 * 1024;

    /** A word that is longer than this is none that is looked for. */
    private static final int LONGEST_PART_CHARS = 2 * MAX_PART_CHARS;

    private final String location;
    private final CommentStyle comments;
    private final Role role;
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
    private boolean hasPlaceholders;
    private boolean afterDollar;
    private boolean commentsAreCertain = true;

    /** Where another tool's line says that the way back begins; null if none does. */
    private @Nullable SourceLocation wayBack;

    /** The number of Play's line above the change, which is no comment; 0 if there is none. */
    private int playsUp;

    /** The beginning of a line, from earlier chunks. */
    private final StringBuilder begun = new StringBuilder(0);

    private boolean afterCr;

    /** The current line, or a part of one, is between two indexes of this array: most never become a String. */
    private char[] chars = {};

    private int from;
    private int to;

    HeaderScanner(String location, CommentStyle comments, Role role) {
        this.location = location;
        this.comments = comments;
        this.role = role;
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

    boolean hasPlaceholders() {
        return hasPlaceholders;
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
            } else if (begun.length() >= MAX_PART_CHARS
                    && (mayBeCutBehind(c) || begun.length() >= LONGEST_PART_CHARS)) {
                part(stretch, start, i + 1);
                columnsBefore += Character.codePointCount(chars, from, to - from);
                start = i + 1;
            }
            afterCr = c == '\r';
            hasPlaceholders |= afterDollar && c == '{';
            afterDollar = c == '$';
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
        boolean isBlank = false;
        if (isAtLineStart) {
            lineNumber++;
            int first = from;
            while (first < to && Character.isWhitespace(chars[first])) {
                first++;
            }
            isBlank = first == to;
            isComment = startsWith(comments.lineComment(), first);
            if (hasStatements && isComment) {
                belowHeader(first + comments.lineComment().length());
            } else if (!isBlank && chars[first] == '#' && comments == CommentStyle.SQL) {
                playsLine(first + 1);
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
        if (wayBack != null && hasStatements && !isComment && !isBlank) {
            refuseWayBack(wayBack);
        }
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
                noteWayBack(text);
                if (maySaySomething(text)) {
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

    /** Whether the text of a comment begins as an option does: nearly none does. */
    private boolean maySaySomething(int text) {
        int first = text;
        while (first < to && chars[first] <= ' ') {
            first++;
        }
        return first < to && "mM".indexOf(chars[first]) >= 0;
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
        if (key == null && !spaced && !HeaderComment.isOfDbmate(matcher.group(2))) {
            throw new InvalidMigration(
                    "there is no option 'migrate:" + matcher.group(2) + "'.",
                    place(line, matcher.start(2)),
                    "The options are " + HeaderOption.Key.offered(role) + ".");
        }
        if (key != null && spaced) {
            throw new InvalidMigration(
                    "there is a space in 'migrate: " + key + "'.",
                    place(line, matcher.start(1)),
                    "Write 'migrate:" + key + "'.");
        }
        if (key == HeaderOption.Key.CHECK) {
            new HeaderOption(key, matcher.group(3), place(line, matcher.start(3))).requireName(role);
        } else if (key != null && key != HeaderOption.Key.LINT_IGNORE) {
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
        noteWayBack(begin);
        if (!maySaySomething(begin)) {
            return;
        }
        String line = line();
        Matcher matcher = HeaderComment.option(line, begin - from);
        if (commentsAreCertain && matcher.matches()) {
            HeaderOption.Key key = HeaderOption.Key.of(matcher.group(2)).orElse(null);
            if (key == HeaderOption.Key.CHECK) {
                new HeaderOption(key, matcher.group(3), place(line, matcher.start(3))).requireName(role);
            } else if (key != null && !key.isOfStatement()) {
                throw new InvalidMigration(
                        "'migrate:" + key + "' stands below the first statement, where it does nothing.",
                        place(line, matcher.start(2)),
                        "Move the line to the top of the file.");
            }
        }
    }

    /** Nearly no comment has one of the words in it by which a way back is told. */
    private void noteWayBack(int text) {
        if (wayBack != null || !(mentions("down", text) || mentions("undo", text) || mentions("below", text))) {
            return;
        }
        String line = line();
        int at = text - from;
        boolean begins = role == Role.DOWN
                ? hasStatements && SectionMarker.isBeyondDoubtIn(line, at)
                : SectionMarker.isIn(line, at);
        if (begins) {
            wayBack = place(line, at);
        }
    }

    /** Play's lines are no comments of SQL. */
    private void playsLine(int text) {
        if (mentions("!ups", text) || mentions("!downs", text)) {
            int at = text - from;
            restIsComment = SectionMarker.isPlaysUp(line(), at);
            playsUp = restIsComment && playsUp == 0 ? lineNumber : playsUp;
            wayBack = wayBack == null && SectionMarker.isPlaysDown(line(), at) ? place(line(), at) : wayBack;
        }
    }

    private boolean mentions(String word, int begin) {
        for (int i = begin; i + word.length() <= to; i++) {
            int at = 0;
            while (at < word.length() && Character.toLowerCase(chars[i + at]) == word.charAt(at)) {
                at++;
            }
            if (at == word.length()) {
                return true;
            }
        }
        return false;
    }

    private void refuseWayBack(SourceLocation begin) {
        String down = ScriptNames.downOf(location);
        String lines = playsUp == 0 ? "this line" : "line " + playsUp + " and this line";
        throw new InvalidMigration(
                "the way back begins here, but a file runs as a whole: the change would be undone at once.",
                begin,
                role == Role.DOWN
                        ? "Leave in this file only what takes the migration back."
                        : "Take " + lines + " out, and move what follows it to " + down + ".");
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
