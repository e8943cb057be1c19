package io.mhras.migrations.postgresql.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.io.BufferedReader;
import java.io.FilterReader;
import java.io.IOException;
import java.io.Reader;
import java.io.StringReader;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Splitting a script: the cases in the files of {@code splitter}, and what holds for every script. */
class SqlScriptTest {

    private static final int WINDOW = 16 * 1024;

    @TestFactory
    Stream<DynamicContainer> splitsWherePsqlDoes() {
        return SqlScriptCase.topics()
                .map(topic -> DynamicContainer.dynamicContainer(
                        topic,
                        SqlScriptCase.of(topic)
                                .map(example -> DynamicTest.dynamicTest(
                                        example.title(),
                                        () -> assertThat(render(new StringReader(example.script())))
                                                .containsExactlyElementsOf(example.items())))));
    }

    static Stream<String> scripts() {
        return Stream.concat(
                SqlScriptCase.all().map(SqlScriptCase::script),
                IntStream.range(0, 2_000).mapToObj(SqlScriptTest::randomScript));
    }

    @Test
    void howTheReaderDeliversMakesNoDifference() throws IOException {
        for (String script : scripts().toList()) {
            List<String> expected = render(new StringReader(script));
            assertThat(render(new Trickle(script, 1))).as(script).isEqualTo(expected);
            assertThat(render(new Trickle(script, 7))).as(script).isEqualTo(expected);
        }
    }

    @Test
    void whereTheWindowEndsMakesNoDifference() throws IOException {
        for (String script : SqlScriptCase.all().map(SqlScriptCase::script).toList()) {
            if (script.startsWith("\uFEFF")) {
                continue;
            }
            List<String> expected = texts(script);
            for (int before = Math.max(0, WINDOW - script.length() - 3); before <= WINDOW + 1; before++) {
                assertThat(texts(" ".repeat(before) + script))
                        .as("%s characters in front of %s", before, script)
                        .isEqualTo(expected);
            }
        }
    }

    @Test
    void nothingIsLostBetweenStatements() throws IOException {
        for (int seed = 0; seed < 2_000; seed++) {
            String script = randomScript(seed);
            int end = 0;
            for (SqlStatement statement : statements(script)) {
                int start = script.offsetByCodePoints(0, (int) statement.offset());
                assertThat(script.startsWith(statement.text(), start))
                        .as(script)
                        .isTrue();
                assertThat(onlyBlankIn(script.substring(end, start))).as(script).isTrue();
                end = start + statement.text().length();
            }
            assertThat(onlyBlankIn(script.substring(end))).as(script).isTrue();
        }
    }

    @Test
    void everyCharacterOfAStatementIsFoundInTheScript() throws IOException {
        for (String script : scripts().toList()) {
            String text = script.startsWith("\uFEFF") ? script.substring(1) : script;
            int[] codePoints = text.codePoints().toArray();
            for (SqlStatement statement : statements(script)) {
                int[] sent = statement.text().codePoints().toArray();
                for (int i = 0; i < sent.length; i++) {
                    SqlPosition position = statement.locate(i + 1);
                    if (position.offset() < codePoints.length) {
                        assertThat(codePoints[(int) position.offset()])
                                .as(script)
                                .isEqualTo(sent[i]);
                        assertThat(position).as(script).isEqualTo(counted(codePoints, (int) position.offset()));
                    }
                }
            }
        }
    }

    @ParameterizedTest
    @MethodSource("positions")
    void aServersPositionIsAPlaceInTheScript(String script, int serverPosition, String place) throws IOException {
        SqlStatement last = statements(script).get(statements(script).size() - 1);

        assertThat(last.locate(serverPosition)).hasToString(place);
    }

    static Stream<Arguments> positions() {
        return Stream.of(
                Arguments.of("select x", 8, "1:8"),
                Arguments.of("select 1;\n  select\n x", 9, "3:2"),
                Arguments.of("select 1;\r\n\tselect\r\n\tx", 10, "3:2"),
                Arguments.of("select 1;\rselect\rx", 8, "3:1"),
                Arguments.of("select '😀😀', x", 14, "1:14"),
                Arguments.of("-- 😀\nselect '😀\n😀', x", 14, "3:4"),
                Arguments.of("select 1\n\\echo a\n + x", 13, "3:4"),
                Arguments.of("select 1 \\; select x", 19, "1:20"),
                Arguments.of("copy t from stdin; select\n1\n\\.\nx", 8, "4:1"),
                Arguments.of("select x", 0, "1:1"),
                Arguments.of("select x", 99, "1:9"));
    }

    @Test
    void theCommandIsFoundBehindComments() throws IOException {
        SqlStatement statement = statements("/* a\n*/ -- b\n  Create Unique /* c */ Index\tConcurrently i on t (\"A\")")
                .get(0);

        assertThat(statement.leading(5)).containsExactly("CREATE", "UNIQUE", "INDEX", "CONCURRENTLY", "I");
        assertThat(statement.leading(99)).endsWith("(", "\"A\"", ")");
        assertThat(statement.startsWith("create", "unique", "index")).isTrue();
        assertThat(statement.startsWith("create", "index")).isFalse();
        assertThat(statement.position()).hasToString("1:1");
        assertThat(statement.commandPosition()).hasToString("3:3");
    }

    @Test
    void theFirstLineOfDataHasAPlace() throws IOException {
        SqlScript script = new SqlScript(new StringReader("copy t\n from stdin;\n1\n\\.\n"));

        assertThat(script.next()).isNotNull().extracting(SqlStatement::data).hasToString("3:1");
    }

    @Test
    void dataThatNobodyReadsAreSkipped() throws IOException {
        String data = "a;'\n".repeat(50_000);
        SqlScript script = new SqlScript(new StringReader("copy t from stdin;\n" + data + "\\.\nselect 1;"));

        script.next();
        assertThat(script.copyData().read()).isEqualTo('a');
        SqlStatement next = Objects.requireNonNull(script.next());

        assertThat(next.text()).isEqualTo("select 1");
        assertThat(next.line()).isEqualTo(50_003);
        assertThatIllegalStateException().isThrownBy(script::copyData);
    }

    @Test
    void longDataComeThroughUnchanged() throws IOException {
        String data = "\\.x\n\\\\.\r\n" + "é😀\t".repeat(20_000) + "\n\n" + "\\N\n".repeat(20_000);
        SqlScript script = new SqlScript(new Trickle("copy t from stdin;\n" + data + "\\.\r\n;", 1_000));

        script.next();

        assertThat(read(script.copyData())).isEqualTo(data);
        assertThat(script.next()).isNull();
    }

    @Test
    void stringsAreReadAsTheScriptSetsIt() throws IOException {
        List<SqlStatement> statements = statements("select 1; set standard_conforming_strings = off; select '\\';';");

        assertThat(statements)
                .extracting(SqlStatement::strings)
                .containsExactly(
                        SqlLexer.Strings.STANDARD, SqlLexer.Strings.STANDARD, SqlLexer.Strings.BACKSLASH_ESCAPES);
    }

    @Test
    void aLongScriptIsNotHeldInMemory() throws IOException {
        String line = "insert into t (a, b) values (1, 'it''s; 😀');\n";
        Repeating reader = new Repeating(line, 200_000);
        SqlScript script = new SqlScript(reader);

        int statements = 0;
        for (SqlStatement next = script.next(); next != null; next = script.next()) {
            statements++;
            assertThat(reader.delivered - (long) next.line() * line.length()).isLessThan(WINDOW);
        }

        assertThat(statements).isEqualTo(200_000);
    }

    @Test
    void aVeryLongStatementIsOne() throws IOException {
        String body = "x;'\n".repeat(500_000);

        assertThat(texts("select 1;do $a$" + body + "$a$;select 2;"))
                .containsExactly("select 1", "do $a$" + body + "$a$", "select 2");
    }

    private static List<String> render(Reader reader) throws IOException {
        SqlScript script = new SqlScript(reader);
        List<String> items = new ArrayList<>();
        for (SqlStatement next = script.next(); next != null; next = script.next()) {
            items.addAll(SqlScriptCase.render(next));
            if (next.kind() == SqlStatement.Kind.COPY_FROM_STDIN) {
                items.add(("data " + SqlScriptCase.visible(read(script.copyData()))).strip());
            }
        }
        return items;
    }

    private static List<SqlStatement> statements(String text) throws IOException {
        SqlScript script = new SqlScript(new StringReader(text));
        List<SqlStatement> statements = new ArrayList<>();
        for (SqlStatement next = script.next(); next != null; next = script.next()) {
            if (next.kind() != SqlStatement.Kind.META_COMMAND) {
                statements.add(next);
            }
        }
        return statements;
    }

    private static List<String> texts(String script) throws IOException {
        return statements(script).stream().map(SqlStatement::text).toList();
    }

    private static String read(Reader reader) throws IOException {
        StringWriter text = new StringWriter();
        reader.transferTo(text);
        return text.toString();
    }

    /** Fragments in random order; no backslash commands, no COPY, no settings. */
    private static String randomScript(int seed) {
        String[] fragments = {
            "select ",
            "'",
            "''",
            "'a;b'",
            "E'",
            "U&'",
            "b'0'",
            "\"",
            "\"a;b\"",
            "--",
            "-- it's\n",
            "/*",
            "*/",
            "/* a; */",
            "/",
            "*",
            "-",
            "+",
            "$",
            "$$",
            "$a$",
            "$1",
            "1",
            "1.",
            "1e",
            "1e+",
            "a$b",
            "(",
            ")",
            ";",
            ";",
            ";\n",
            "\n",
            "\r\n",
            "\r",
            " ",
            "\t",
            "\f",
            ":",
            ":a",
            "::int",
            "create function f() ",
            "begin atomic ",
            "case ",
            "end",
            "end;",
            "é",
            "😀",
            "漢",
            "?",
            "${x}",
            "[",
            "]",
            ",",
            ".",
            "select 1;\n",
            "\u0000"
        };
        Random random = new Random(seed);
        StringBuilder script = new StringBuilder();
        for (int count = 1 + random.nextInt(25); count > 0; count--) {
            script.append(fragments[random.nextInt(fragments.length)]);
        }
        return script.toString();
    }

    private static boolean onlyBlankIn(String between) {
        SqlLexer lexer = new SqlLexer(between, SqlLexer.Strings.STANDARD);
        while (lexer.next() != SqlLexer.Kind.END) {
            if (!lexer.kind().isBlank() && !lexer.isPunctuation(';')) {
                return false;
            }
        }
        return true;
    }

    private static SqlPosition counted(int[] codePoints, int offset) {
        int line = 1;
        int column = 1;
        for (int i = 0; i < offset; i++) {
            boolean crLf = codePoints[i] == '\r' && i + 1 < codePoints.length && codePoints[i + 1] == '\n';
            boolean lineEnd = codePoints[i] == '\n' || (codePoints[i] == '\r' && !crLf);
            line += lineEnd ? 1 : 0;
            column = lineEnd ? 1 : column + 1;
        }
        return new SqlPosition(line, column, offset);
    }

    /** Delivers a few characters at a time. */
    private static final class Trickle extends FilterReader {

        private final int most;

        Trickle(String text, int most) {
            super(new BufferedReader(new StringReader(text)));
            this.most = most;
        }

        @Override
        public int read(char[] target, int offset, int length) throws IOException {
            return super.read(target, offset, Math.min(length, most));
        }
    }

    /** One line, again and again. */
    private static final class Repeating extends Reader {

        private final String line;
        private final long length;
        private long delivered;

        Repeating(String line, int times) {
            this.line = line;
            this.length = (long) line.length() * times;
        }

        @Override
        public int read(char[] target, int offset, int count) {
            if (delivered == length) {
                return -1;
            }
            int from = (int) (delivered % line.length());
            int most = Math.min(count, line.length() - from);
            line.getChars(from, from + most, target, offset);
            delivered += most;
            return most;
        }

        @Override
        public void close() {}
    }
}
