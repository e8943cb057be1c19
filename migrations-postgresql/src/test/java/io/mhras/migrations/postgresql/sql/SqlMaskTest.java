package io.mhras.migrations.postgresql.sql;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SqlMaskTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
            SELECT 'a' FROM t WHERE id = 12;                     | SELECT ? FROM t WHERE id = ?;
            SELECT 1 -- the answer                               | SELECT ?
            SELECT\\n'a\\nb'\\n, c                               | SELECT\\n?\\n\\n, c
            x;\\n/* x\\n y */ SELECT "Name"                       | x;\\n \\n SELECT "Name"
            CREATE FUNCTION f() AS $x$ SELECT 'a' + b; $x$;      | CREATE FUNCTION f() AS $x$ SELECT ? + b; $x$;
            ALTER ROLE x PASSWORD 's3cr3t';                      | ALTER ROLE x PASSWORD ?;
            COPY t (a) FROM stdin;\\nAda\\n7\\n\\.\\nSELECT 1;   | COPY t (a) FROM stdin;\\n?\\n?\\n\\.\\nSELECT ?;
            """)
    void ofAScriptNoValueIsShownAndEachLineIs(String script, String shown) {
        assertThat(SqlMask.ofScript(text(script)).stripTrailing())
                .isEqualTo(text(shown).stripTrailing());
    }

    private static String text(String cell) {
        return cell.replace("\\n", "\n");
    }
}
