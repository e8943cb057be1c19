package io.mhras.migrations.cli.connection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mhras.migrations.cli.options.InvalidSettingException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The addresses that are understood. */
class PostgresAddressTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    postgresql://localhost/clinic                         | //localhost/clinic                   |        |
                    postgres://ann@db:6543/clinic                         | //db:6543/clinic                     | ann    |
                    postgresql://ann:s3cret@db/clinic?sslmode=require     | //db/clinic?sslmode=require          | ann    | s3cret
                    postgresql+asyncpg://ann:s3cret@db/clinic?ssl=require | //db/clinic?sslmode=require          | ann    | s3cret
                    postgresql+psycopg2://ann:p%40ss%2Fword%3A@db/clinic  | //db/clinic                          | ann    | p@ss/word:
                    postgresql://ann%40clinic:a+b%25c@db/clinic           | //db/clinic                          | ann@clinic | a+b%c
                    postgresql://ann:x@[::1]:5433/clinic                  | //[::1]:5433/clinic                  | ann    | x
                    postgresql://ann@db1:5432,db2:5433/clinic?target_session_attrs=read-write | //db1:5432,db2:5433/clinic?targetServerType=primary | ann |
                    postgresql:///clinic?host=db&port=6543                | //db/clinic?PGPORT=6543              |        |
                    postgresql://db/clinic?user=ann&password=s3cret       | //db/clinic                          | ann    | s3cret
                    postgresql://db/clinic?connect_timeout=5&application_name=ops | //db/clinic?connectTimeout=5&ApplicationName=ops | |
                    jdbc:postgresql://db:5432/clinic?user=ann&password=s3%26cret&sslmode=verify-full | //db:5432/clinic?sslmode=verify-full | ann | s3&cret
                    jdbc:postgresql://[fe80::1]/clinic                    | //[fe80::1]/clinic                   |        |
                    jdbc:postgresql:clinic                                | //localhost/clinic                   |        |
                    jdbc:postgresql://db1,db2/clinic?ssl=true             | //db1,db2/clinic?ssl=true            |        |
                    postgres://db/clinic?ssl=true&sslmode=verify-ca       | //db/clinic?sslmode=verify-ca        |        |
                    postgres://db/clinic?ssl=no-verify                    | //db/clinic?sslmode=require          |        |
                    postgres://db/clinic?search_path=app                  | //db/clinic?currentSchema=app        |        |
                    postgresql://db/clinic?schema=app&connection_limit=5  | //db/clinic?currentSchema=app        |        |
                    jdbc:postgresql://db/clinic?search_path=app           | //db/clinic?currentSchema=app        |        |
                    """)
    void isUnderstood(String text, String jdbc, String user, String password) {
        assertThat(PostgresAddress.parse(text))
                .isEqualTo(new PostgresAddress("jdbc:postgresql:" + jdbc, user, password));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "postgresql://ann:s3cr@t@db/clinic",
                "postgresql://ann:s3cr/t@db/clinic",
                "postgresql://ann:s3cr?t@db/clinic",
                "postgresql://ann:s3cr%t@db/clinic",
                "jdbc:postgresql://ann:s3cr@db/clinic",
                "mysql://ann:s3cr@db/clinic",
                "mysql://db/clinic?password=s3cr",
                "postgresql://ann:s3cr@db/clinic?sslmod=require"
            })
    void aRefusedAddressDoesNotShowItsPassword(String text) {
        assertThatThrownBy(() -> PostgresAddress.parse(text))
                .isInstanceOf(InvalidSettingException.class)
                .message()
                .contains("What to do:")
                .doesNotContain("s3cr");
    }

    @Test
    void aMistypedTlsParameterIsNoReasonToTalkInTheClear() {
        assertThatThrownBy(() -> PostgresAddress.parse("postgresql://db/clinic?sslmod=require"))
                .hasMessageContaining("Did you mean sslmode?");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"postgresql://%2Fvar%2Frun%2Fpostgresql/clinic", "postgresql:///clinic?host=/var/run/postgresql"
            })
    void aUnixSocketIsRefused(String text) {
        assertThatThrownBy(() -> PostgresAddress.parse(text))
                .hasMessageStartingWith(
                        "The host /var/run/postgresql is a Unix socket, and the driver speaks TCP only.");
    }

    @Test
    void anotherKindOfDatabaseIsRefused() {
        assertThatThrownBy(() -> PostgresAddress.parse("mysql://ann:s3cret@db/clinic"))
                .hasMessageStartingWith("'mysql://ann:***@db/clinic' is not an address of a PostgreSQL database.")
                .message()
                .doesNotContain("s3cret");
    }

    @Test
    void variablesOfSeveralHostsBelongTogether() {
        assertThat(PostgresAddress.of("db1,::1", "5432,5433", "my clinic", "require", "ann"))
                .isEqualTo(new PostgresAddress(
                        "jdbc:postgresql://db1:5432,[::1]:5433/my+clinic?sslmode=require", "ann", null));
    }
}
