package io.mhras.migrations.postgresql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mhras.migrations.MigrationException.Refused;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.postgresql.PGProperty;

/** Nothing in a URL is ignored without a word. */
class UrlParametersTest {

    private static final String URL = "jdbc:postgresql://db/clinic";

    private static String translated(String query) {
        return UrlParameters.translated(URL + "?" + query).substring(URL.length());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
            search_path=app                                | ?currentSchema=app
            search_path=app,public                         | ?currentSchema=app%2Cpublic
            schema=app                                     | ?currentSchema=app
            schema_search_path=app                         | ?currentSchema=app
            schema=app&search_path=app                     | ?currentSchema=app
            sslmode=require&search_path=                   | ?sslmode=require
            connect_timeout=5&application_name=ops         | ?connectTimeout=5&ApplicationName=ops
            application_name=ops&fallback_application_name=x | ?ApplicationName=ops
            fallback_application_name=x&application_name=ops | ?ApplicationName=ops
            target_session_attrs=read-write                | ?targetServerType=primary
            target_session_attrs=standby                   | ?targetServerType=secondary
            target_session_attrs=prefer-standby            | ?targetServerType=preferSecondary
            target_session_attrs=any                       | ?targetServerType=any
            options=-c%20work_mem%3D64MB                   | ?options=-c%20work_mem%3D64MB
            keepalives=1&keepalives_idle=30&tcp_user_timeout=5 | ?tcpKeepAlive=true
            load_balance_hosts=random                      | ?loadBalanceHosts=true
            gssencmode=disable&channel_binding=require     | ?gssEncMode=disable&channelBinding=require
            krbsrvname=postgres&require_auth=scram-sha-256 | ?kerberosServerName=postgres&requireAuth=scram-sha-256
            requiressl=1                                   | ?sslmode=require
            sslnegotiation=direct                          | ?sslNegotiation=direct
            client_encoding=UTF8                           | ""
            pgbouncer=true&connection_limit=1              | ""
            """)
    void whatHasACounterpartIsTranslated(String query, String expected) {
        assertThat(translated(query)).isEqualTo(expected);
    }

    @Test
    void whatTheJdbcDriverKnowsStaysAsItIs() {
        for (PGProperty property : PGProperty.values()) {
            String[] choices = property.getChoices();
            String query = property.getName() + "=" + (choices == null ? "1" : choices[0]);

            assertThat(translated(query)).isEqualTo("?" + query);
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
            foo=bar                  | has a parameter 'foo', which nothing knows.        | psql
            sslmod=require           | has a parameter 'sslmod', which nothing knows.     | Did you mean sslmode?
            SSLMode=require          | has a parameter 'SSLMode', which nothing knows.    | Did you mean sslmode?
            currentschema=app        | has a parameter 'currentschema', which nothing     | Did you mean currentSchema?
            serch_path=app           | has a parameter 'serch_path', which nothing knows. | Did you mean search_path?
            aplication_name=x        | has a parameter 'aplication_name', which           | Did you mean application_name
            x-migrations-table=m     | 'x-migrations-table', which has no effect here.    | 'mhras.migrations.postgresql.table'
            x-migrations-table-quoted=1 | 'x-migrations-table-quoted', which has no       | 'adopt'
            x-statement-timeout=5    | 'x-statement-timeout', which has no effect here.   | 'mhras.migrations.postgresql.statement-timeout'
            lock_timeout=5s          | 'lock_timeout', which has no effect here.          | 'mhras.migrations.postgresql.lock-timeout'
            TimeZone=UTC             | 'TimeZone', which has no effect here.              | options=-c%20TimeZone=...
            passfile=/x              | 'passfile', which has no effect here.              | PGPASSFILE
            sslaccept=strict         | 'sslaccept', which has no effect here.             | sslmode=verify-full
            sslcrl=/x                | 'sslcrl', which has no effect here.                | no counterpart
            client_encoding=LATIN1   | has a parameter 'client_encoding'                  | Leave it out
            sslmode=bogus            | The parameter 'sslmode' in the URL of PostgreSQL cannot be 'bogus'. | verify-full
            sslmode=verfy-full       | cannot be 'verfy-full'.                            | Did you mean verify-full?
            target_session_attrs=up  | The parameter 'target_session_attrs'               | primary
            schema=a&search_path=b   | names two schemas, 'a' and 'b'.                    | mean the same
            """)
    void theRestIsRefusedByName(String query, String problem, String remedy) {
        assertThatThrownBy(() -> translated(query)).isInstanceOfSatisfying(Refused.class, refused -> {
            assertThat(refused.problem()).contains(problem);
            assertThat(refused.remedy()).contains(remedy);
        });
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "jdbc:postgresql://db/clinic",
                "jdbc:otel:postgresql://db/clinic?foo=bar",
                "jdbc:postgresql:clinic?"
            })
    void whatHasNoneOrIsAnothersIsLeftAlone(String url) {
        assertThat(UrlParameters.translated(url)).isEqualTo(url);
    }
}
