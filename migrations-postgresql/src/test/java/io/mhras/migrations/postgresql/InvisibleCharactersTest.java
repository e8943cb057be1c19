package io.mhras.migrations.postgresql;

import static org.assertj.core.api.Assertions.assertThat;

import io.mhras.migrations.testing.Files;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Characters that no editor shows. */
class InvisibleCharactersTest extends PostgresTest {

    private static final String SCRIPT =
            "create table \"t\u00A0t\" (a text); -- \uFEFF\nINSERT INTO \"t\u00A0t\" VALUES ('\u200B\uFEFF');";

    @ParameterizedTest
    @CsvSource({
        "FEFF, ZERO WIDTH NO-BREAK SPACE",
        "001A, SUBSTITUTE",
        "00A0, NO-BREAK SPACE",
        "200B, ZERO WIDTH SPACE",
        "202E, RIGHT-TO-LEFT OVERRIDE",
        "3000, IDEOGRAPHIC SPACE",
        "2028, LINE SEPARATOR",
    })
    void oneThatTheServerRefusesIsNamedWithItsPlace(String codePoint, String name) {
        String character = Character.toString(Integer.parseInt(codePoint, 16));

        assertThat(failure("create table t(a text);\n  " + character + "insert into t values ('x');\n"))
                .hasMessageContaining("syntax error at or near")
                .hasMessageEndingWith("What to do: Take U+" + codePoint + " " + name
                        + " out of line 2, column 3: no editor shows it, and the server reads it as part of a word. Correct"
                        + " the script and start again: it runs from its beginning.");
    }

    @Test
    void insideOfABlockItIsFoundToo() {
        assertThat(failure("SELECT 1;\nDO $$\nBEGIN\n  PERFORM\u00A01;\nEND $$;"))
                .hasMessageContaining("What to do: Take U+00A0 NO-BREAK SPACE out of line 4, column 10: ");
    }

    @Test
    void inStringsNamesAndCommentsItIsMeant() {
        migrate(SCRIPT);

        assertThat(column("SELECT length(a)::text FROM \"t\u00A0t\"")).containsExactly("2");
        assertThat(failure(migrator(
                        new Files().with("001_script.sql", SCRIPT).with("002_b.sql", "SELECT '\u200B' FORM x y;"))))
                .hasMessageContaining("syntax error")
                .hasMessageContaining("What to do: Correct the script");
    }
}
