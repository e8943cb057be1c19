package io.mhras.migrations.mongodb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.mongodb.ConnectionString;
import io.mhras.migrations.MigrationException.Refused;
import java.lang.reflect.Field;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** No option of a URI is ignored without a word. */
class UriOptionsTest {

    @Test
    void allThatTheDriverKnowsIsKnown() throws ReflectiveOperationException {
        Field keys = ConnectionString.class.getDeclaredField("ALL_KEYS");
        keys.setAccessible(true);

        assertThat(UriOptions.KNOWN.stream()
                        .map(name -> name.toLowerCase(Locale.ROOT))
                        .collect(Collectors.toSet()))
                .isEqualTo(keys.get(null));
        assertThat((Set<?>) keys.get(null)).isNotEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
            foo=bar                       | foo                   | connection string options
            retrywrite=false              | retrywrite            | Did you mean retryWrites?
            replicaset=rs0&authSourc=x    | authSourc             | Did you mean authSource?
            tlsCAFile=/ca.pem             | tlsCAFile             | trustStore
            useNewUrlParser=true          | useNewUrlParser       | Node.js
            w=majority;x-migrations-collection=m | x-migrations-collection | 'mhras.migrations.mongodb.collection'
            """)
    void theRestIsRefusedByName(String options, String name, String remedy) {
        assertThatThrownBy(() -> UriOptions.refuseUnknown("mongodb://ann:s3cr3t@db/clinic?" + options))
                .isInstanceOf(Refused.class)
                .hasMessageContainingAll("The URI of MongoDB has an option '" + name + "'", remedy)
                .message()
                .doesNotContain("s3cr3t");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "mongodb://db",
                "mongodb://db/clinic?",
                "mongodb://db/?REPLICASET=rs0&retryWrites=true",
                "mongodb://ann:p?foo=1@db/clinic?authSource=admin",
                "mongodb+srv://db.example.org/clinic?authMechanismProperties=X:a@b"
            })
    void theRightOnesAreNot(String uri) {
        assertThatCode(() -> UriOptions.refuseUnknown(uri)).doesNotThrowAnyException();
    }
}
