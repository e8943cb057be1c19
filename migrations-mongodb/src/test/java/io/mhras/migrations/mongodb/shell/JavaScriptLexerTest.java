package io.mhras.migrations.mongodb.shell;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JavaScriptLexerTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
            db.a.drop();                | db . a . drop ( ) ; // gone    | true
            db.a.drop();                | /* why */ db.a.drop();         | true
            f('a // b');                | f('a');                        | false
            f('a  b');                  | f('a b');                      | false
            f("a /* b */");             | f("a ");                       | false
            f(`a  b`);                  | f(`a b`);                      | false
            f(`${g(`x  y`)}`, 1);       | f(`${g(`x y`)}`, 1);           | false
            x = /a  b/;                 | x = /a b/;                     | false
            x = /[/]  /;                | x = /[/] /;                    | false
            x = a / b / c;              | x = a/b/c;                     | true
            let x = 1;                  | letx = 1;                      | false
            return x;                   | return\\nx;                    | false
            a\\n++b                     | a ++b                          | false
            f(1,\\n  2);                | f(1, 2);                       | true
            f(1.0);                     | f(1.1);                        | false
            """)
    void onlyCommentsAndWhiteSpaceMakeNoDifference(String one, String other, boolean same) {
        String left = one.replace("\\n", "\n");
        String right = other.replace("\\n", "\n");

        assertThat(JavaScriptLexer.isSame(left, right)).isEqualTo(same);
    }

    @Test
    void noValueIsShownAndEachLineIs() {
        assertThat(JavaScriptLexer.masked("""
                // s3cr3t
                db.users.insertOne({name: 'Ada', age: 36, /* s3cr3t
                */ note: `a
                ${f("b")} c`, like: /x/});
                """)).isEqualTo(" \n" + """
                db.users.insertOne({name: ?, age: ?,\s
                note: ?
                f(?)?, like: ?});
                """);
    }
}
