package io.mhras.migrations.postgresql.sql;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The tokens of a text. */
class SqlLexerTest {

    @ParameterizedTest
    @CsvSource(delimiter = '│', quoteCharacter = '`', textBlock = """
            select a$1                  │ WORD select / WORD a$1
            größe 漢                    │ WORD größe / WORD 漢
            "a""b" U&"x"                │ QUOTED_IDENTIFIER "a""b" / QUOTED_IDENTIFIER U&"x"
            'a''b' E'\\'' U&'x' N'n'    │ STRING 'a''b' / STRING E'\\'' / STRING U&'x' / STRING N'n'
            B'01' x'1F'                 │ STRING B'01' / STRING x'1F'
            $$a$$ $t$ $$ $t$            │ DOLLAR_STRING $$a$$ / DOLLAR_STRING $t$ $$ $t$
            1 1.5 .5 1. 1e5 1.5E-3      │ NUMBER 1 / NUMBER 1.5 / NUMBER .5 / NUMBER 1. / NUMBER 1e5 / NUMBER 1.5E-3
            1..2                        │ NUMBER 1 / OPERATOR .. / NUMBER 2
            0x1F 1_000 1abc 1e          │ NUMBER 0x1F / NUMBER 1_000 / NUMBER 1abc / NUMBER 1e
            $1 $22                      │ PARAMETER $1 / PARAMETER $22
            :a :'b' :"c" :{?d}          │ VARIABLE :a / VARIABLE :'b' / VARIABLE :"c" / VARIABLE :{?d}
            a[1:2]                      │ WORD a / PUNCTUATION [ / NUMBER 1 / PUNCTUATION : / NUMBER 2 / PUNCTUATION ]
            a::int := =>                │ WORD a / OPERATOR :: / WORD int / OPERATOR := / OPERATOR =>
            a.b,c;                      │ WORD a / PUNCTUATION . / WORD b / PUNCTUATION , / WORD c / PUNCTUATION ;
            <= <> != ->> @> ?|          │ OPERATOR <= / OPERATOR <> / OPERATOR != / OPERATOR ->> / OPERATOR @> / OPERATOR ?|
            =- 1                        │ OPERATOR = / OPERATOR - / NUMBER 1
            @- ?-                       │ OPERATOR @- / OPERATOR ?-
            +/* a */-                   │ OPERATOR + / BLOCK_COMMENT /* a */ / OPERATOR -
            *-- a                       │ OPERATOR * / LINE_COMMENT -- a
            u & b                       │ WORD u / OPERATOR & / WORD b
            \\ { }                      │ BACKSLASH \\ / OTHER { / OTHER }
            """)
    void tokens(String text, String expected) {
        assertThat(String.join(" / ", tokens(text))).isEqualTo(expected);
    }

    private static List<String> tokens(String text) {
        SqlLexer lexer = new SqlLexer(text, SqlLexer.Strings.STANDARD);
        List<String> tokens = new ArrayList<>();
        while (lexer.next() != SqlLexer.Kind.END) {
            if (lexer.kind() != SqlLexer.Kind.WHITESPACE) {
                tokens.add(lexer.kind() + " " + lexer.text());
            }
        }
        return tokens;
    }

    @Test
    void tokensHaveNoGaps() {
        SqlScriptCase.all().forEach(example -> {
            SqlLexer lexer = new SqlLexer(example.script(), SqlLexer.Strings.STANDARD);
            StringBuilder text = new StringBuilder();
            while (lexer.next() != SqlLexer.Kind.END) {
                assertThat(lexer.start()).isEqualTo(text.length());
                text.append(lexer.text());
            }
            assertThat(text).hasToString(example.script());
        });
    }

    @Test
    void aWordIsFoundInEitherCase() {
        SqlLexer lexer = new SqlLexer("/* a */ Create\"create\"creates", SqlLexer.Strings.STANDARD);

        lexer.nextSignificant();
        assertThat(lexer.isWord("create")).isTrue();
        lexer.nextSignificant();
        assertThat(lexer.isWord("create")).isFalse();
        lexer.nextSignificant();
        assertThat(lexer.isWord("create")).isFalse();
    }

    @Test
    void aBackslashEscapesWhereItIsSet() {
        SqlLexer lexer = new SqlLexer("'a\\'b'", SqlLexer.Strings.BACKSLASH_ESCAPES);

        lexer.next();

        assertThat(lexer.text()).isEqualTo("'a\\'b'");
        assertThat(lexer.closed()).isTrue();
    }
}
