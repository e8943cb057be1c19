package io.mhras.migrations.postgresql.sql;

import java.io.CharArrayReader;
import java.io.IOException;
import java.io.Reader;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Splits a script into statements where psql does, reading it as a stream: what is held in memory is the current
 * statement, never the script.
 *
 * <p>It differs from psql where psql differs from the server or forgets what is in the file: a string goes on over a
 * line end with the kind it began with, blank lines inside a statement stay, a change of {@code
 * standard_conforming_strings} holds from the next statement on and not from the next line, variables are not replaced,
 * and a NUL is an ordinary character.
 */
public final class SqlScript {

    private static final int NONE = -1;
    private static final int LONG = 500_000;
    private static final List<String> READING = List.of("copy", "set", "reset", "discard");

    private final SqlWindow window;
    private final SqlLexer lexer;
    private final SqlNesting nesting = new SqlNesting();
    private final SqlLexer.Strings usual;

    /** The current statement's beginning, if it is a long one. */
    private @Nullable LongText taken;

    /** Where what is not yet taken of the current statement begins, or NONE before its first token. */
    private int start = NONE;

    /** Where in the statement a string began whose beginning is taken, or NONE. */
    private int stringFrom = NONE;

    private SqlPosition position = SqlPosition.START;
    private boolean hasContent;
    private boolean isInsert;

    /** Whether the statement may change how the script is to be read on. */
    private boolean concernsReading;

    /** What the comments above the current statement call it. */
    private @Nullable String check;

    private @Nullable SqlStatement sent;
    private @Nullable CopyData copyData;
    private String restOfLine = "";
    private SqlPosition restPosition = SqlPosition.START;

    /** A script as a server with default settings reads it. */
    public SqlScript(Reader reader) throws IOException {
        this(reader, SqlLexer.Strings.STANDARD);
    }

    /** A script as a session that begins with strings of this kind reads it. */
    public SqlScript(Reader reader, SqlLexer.Strings strings) throws IOException {
        usual = strings;
        window = new SqlWindow(reader);
        lexer = new SqlLexer(window.chars(), window.limit(), strings);
    }

    /**
     * The next item, or null at the end. A meta-command is reported where it is, so before the statement that it is in,
     * whether or not it ends that.
     */
    public @Nullable SqlStatement next() throws IOException {
        SqlStatement statement = sent;
        sent = null;
        if (statement != null) {
            return prepared(statement);
        }
        if (copyData != null) {
            leaveCopyData(copyData);
        }
        return scan();
    }

    /** How many statements it has, if all of it is in memory; null if it would have to be read first. */
    public @Nullable Integer countIfShort() throws IOException {
        if (!window.complete()) {
            return null;
        }
        Reader text = new CharArrayReader(window.chars(), 0, window.limit());
        SqlScript again = new SqlScript(text, usual);
        int statements = 0;
        for (SqlStatement next = again.next(); next != null; next = again.next()) {
            statements += next.kind() == SqlStatement.Kind.META_COMMAND ? 0 : 1;
        }
        return statements;
    }

    /** The data that follow the statement returned last. The next call of {@link #next()} skips what is left of it. */
    public CopyData copyData() {
        if (copyData == null) {
            throw new IllegalStateException("No COPY ... FROM STDIN has just been returned");
        }
        return copyData;
    }

    private @Nullable SqlStatement scan() throws IOException {
        while (true) {
            SqlLexer.Kind token = token();
            if (!lexer.closed()) {
                return unclosed(token);
            }
            switch (token) {
                case WHITESPACE -> {}
                case LINE_COMMENT -> {
                    if (!hasContent) {
                        check = CheckComment.nameIn(window.chars(), lexer.start(), lexer.end(), check);
                    }
                }
                case BLOCK_COMMENT -> begin();
                case BACKSLASH -> {
                    return backslash();
                }
                case END -> {
                    return atEnd();
                }
                case WORD -> {
                    content();
                    nesting.word(lexer, index(lexer.start()));
                }
                case PUNCTUATION -> {
                    if (lexer.first() != ';' || nesting.isOpen()) {
                        content();
                        punctuation();
                        continue;
                    }
                    SqlStatement statement = ended(lexer.start(), true);
                    if (statement != null) {
                        return prepared(statement);
                    }
                }
                default -> content();
            }
        }
    }

    private SqlLexer.Kind token() throws IOException {
        stringFrom = NONE;
        SqlLexer.Kind token = lexer.next();
        while (lexer.ranOut() && !window.complete()) {
            if (lexer.isOpenString() && lexer.openAt() - lexer.start() > LONG) {
                token = readOnInString();
            } else {
                readOn();
                token = stringFrom == NONE ? lexer.again() : lexer.readOn(lexer.start());
            }
        }
        return token;
    }

    /** A string may be longer than half of the memory: its beginning leaves the window. */
    private SqlLexer.Kind readOnInString() throws IOException {
        content();
        if (stringFrom == NONE) {
            stringFrom = index(lexer.start());
        }
        int at = lexer.openAt();
        take(at);
        int shift = window.extend(at);
        start -= shift;
        lexer.slide(window.chars(), window.limit(), shift);
        return lexer.readOn(at - shift);
    }

    private int readOn() throws IOException {
        if (start != NONE && lexer.start() - start > LONG) {
            take(lexer.start());
        }
        int shift = window.extend(start == NONE ? lexer.start() : start);
        if (start != NONE) {
            start -= shift;
        }
        lexer.slide(window.chars(), window.limit(), shift);
        return shift;
    }

    /** Takes the statement up to here out of the window. */
    private void take(int to) {
        if (taken == null) {
            taken = new LongText();
        }
        taken.add(new String(window.chars(), start, to - start), window.marks(start, to));
        window.positionAt(to);
        start = to;
    }

    /** Where in the current statement a place of the window is. */
    private int index(int at) {
        return (taken == null ? 0 : taken.length()) + at - start;
    }

    /** How long the current statement is so far. */
    public int lengthSoFar() {
        return start == NONE ? 0 : index(window.limit());
    }

    /** Where the current statement begins. */
    public SqlPosition position() {
        return position;
    }

    /** Where the line of the lexer's token ends, which for psql is only at LF. */
    private int lineEnd() throws IOException {
        int i = lexer.end();
        while (true) {
            while (i < window.limit() && window.chars()[i] != '\n') {
                i++;
            }
            if (i < window.limit() || window.complete()) {
                return i;
            }
            i -= readOn();
        }
    }

    private void begin() {
        if (start == NONE) {
            start = lexer.start();
            position = window.positionAt(start);
        }
    }

    private void content() {
        begin();
        if (!hasContent) {
            hasContent = true;
            isInsert = lexer.isWord("insert");
            concernsReading = !isInsert && READING.stream().anyMatch(lexer::isWord);
        }
    }

    private void punctuation() {
        if (lexer.first() == '(') {
            nesting.openParenthesis(index(lexer.start()));
        } else if (lexer.first() == ')') {
            nesting.closeParenthesis();
        }
    }

    /** The statement that ends here, or null if there is nothing but comments. */
    private @Nullable SqlStatement ended(int end, boolean terminated) {
        SqlStatement statement = hasContent ? statement(end, terminated) : null;
        taken = null;
        start = NONE;
        hasContent = false;
        isInsert = false;
        concernsReading = false;
        nesting.reset();
        return statement;
    }

    private SqlStatement statement(int end, boolean terminated) {
        List<SqlMark> marks = window.marks(start, end);
        String text = new String(window.chars(), start, end - start);
        if (taken != null) {
            taken.add(text, marks);
            marks = taken.marks();
            text = taken.take();
        }
        SqlLexer.Strings strings = lexer.strings();
        SqlStatement statement =
                new SqlStatement(kind(text, strings), text, position, marks, terminated, strings, null, null, check);
        check = null;
        if (concernsReading) {
            lexer.readStrings(strings.after(statement.leading(5), usual));
        }
        return statement;
    }

    private SqlStatement.Kind kind(String text, SqlLexer.Strings strings) {
        if (isInsert) {
            return SqlStatement.Kind.INSERT;
        }
        boolean isCopy = concernsReading && CopyData.follow(SqlStatement.head(text, strings));
        return isCopy ? SqlStatement.Kind.COPY_FROM_STDIN : SqlStatement.Kind.SQL;
    }

    private @Nullable SqlStatement atEnd() throws IOException {
        SqlNesting.Open open = nesting.open();
        int end = window.limit();
        while (start != NONE && end > start && SqlCharacters.isSpace(window.chars()[end - 1])) {
            end--;
        }
        SqlStatement statement = ended(end, false);
        if (statement == null) {
            return null;
        }
        return prepared(open == null ? statement : statement.leftOpen(open.what(), open.index()));
    }

    /** What is never closed takes the rest of the script. psql sends that, too, and the server refuses it. */
    private @Nullable SqlStatement unclosed(SqlLexer.Kind token) throws IOException {
        content();
        int from = stringFrom == NONE ? index(lexer.start()) : stringFrom;
        SqlStatement statement = ended(lexer.end(), false);
        return statement == null ? null : prepared(statement.leftOpen(token.inWords(), from));
    }

    private SqlStatement backslash() throws IOException {
        int lineEnd = lineEnd();
        int at = lexer.start();
        SqlPosition place = window.positionAt(at);
        String line = new String(window.chars(), at + 1, lineEnd - at - 1);
        if (line.startsWith(";") || line.startsWith(":")) {
            return forced(at, place);
        }
        SqlMetaCommand.Parsed parsed = SqlMetaCommand.parse(line);
        if (parsed.command().isConnect()) {
            lexer.readStrings(SqlLexer.Strings.STANDARD);
        }
        int end = at + 1 + parsed.length();
        if (parsed.command().sends()) {
            sent = ended(start == NONE ? at : behindLine(at), true);
            goOn(end);
        } else if (parsed.command().discards()) {
            hasContent = false;
            ended(at, true);
            goOn(end);
        } else {
            keep(at, end);
        }
        if (parsed.command().isConnect()) {
            lexer.readStrings(usual);
        }
        if (start == NONE && parsed.command().readsData()) {
            openCopyData();
        }
        return SqlStatement.metaCommand(
                "\\" + line.substring(0, parsed.length()).stripTrailing(), place, lexer.strings());
    }

    /** A {@code \;} or {@code \:} puts its second character into the statement, and does not end it. */
    private SqlStatement forced(int at, SqlPosition place) {
        window.cut(at, at + 1);
        char forced = window.chars()[at];
        if (start == NONE) {
            start = at;
            position = window.positionAt(at);
        }
        if (forced == ';') {
            nesting.resetWords();
        } else {
            hasContent = true;
        }
        goOn(at + 1);
        return SqlStatement.metaCommand("\\" + forced, place, lexer.strings());
    }

    /** Most meta-commands leave the statement that they are in as if they were not there. */
    private void keep(int at, int end) {
        if (start == NONE) {
            goOn(end);
        } else {
            int from = behindLine(at);
            window.cut(from, end);
            goOn(from);
        }
    }

    /** psql puts a line end in front of the next line that belongs to the statement, not after the last one. */
    private int behindLine(int at) {
        int end = at;
        while (end - 1 > start && window.chars()[end - 1] == '\n') {
            end--;
        }
        return end;
    }

    private void goOn(int at) {
        lexer.moveTo(window.chars(), window.limit(), at);
    }

    /** As psql does, the data are taken from the next line on, and only then comes the rest of this line. */
    private SqlStatement prepared(SqlStatement statement) throws IOException {
        if (statement.kind() != SqlStatement.Kind.COPY_FROM_STDIN) {
            return statement;
        }
        return statement.withData(openCopyData());
    }

    private SqlPosition openCopyData() throws IOException {
        int lineEnd = lineEnd();
        int end = lexer.end();
        restPosition = window.positionAt(end);
        restOfLine = new String(window.chars(), end, lineEnd - end);
        int data = Math.min(lineEnd + 1, window.limit());
        copyData = new CopyData(window, data);
        return window.positionAt(data);
    }

    private void leaveCopyData(CopyData data) throws IOException {
        int at = data.leave();
        if (!restOfLine.isBlank()) {
            window.insert(at, restOfLine + "\n", restPosition);
        }
        copyData = null;
        goOn(at);
    }
}
