package io.mhras.migrations.mongodb.run;

import static org.assertj.core.api.Assertions.assertThat;

import com.mongodb.client.MongoClient;
import io.mhras.migrations.MigrationException;
import io.mhras.migrations.Target;
import io.mhras.migrations.mongodb.MongoSettings;
import io.mhras.migrations.mongodb.MongoTest;
import io.mhras.migrations.testing.Files;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** A run that an {@code Error} ends, in the middle of a script. */
class ErrorsOfOursTest extends MongoTest {

    private static final Files FILES =
            new Files().with("001_a.js", "db.a.insertOne({_id: 1});\ndb.b.insertOne({_id: 1});\n");

    static List<Arguments> errors() {
        return List.of(
                Arguments.of(new LinkageError("made up"), "001_a.js:2:1"),
                Arguments.of(
                        new OutOfMemoryError("made up"),
                        "ERROR: the script was stopped: it used up the memory (made up)"));
    }

    @ParameterizedTest
    @MethodSource("errors")
    void itIsRecordedAndClaimsNothingOfTheStatementAtHand(Error error, String told) {
        MigrationException failure;
        try (MongoClient client = during("insert", "b", () -> {
            throw error;
        })) {
            failure = failure(migrator(client, MongoSettings.DEFAULT, FILES));
        }

        assertThat(failure)
                .hasMessageContaining(
                        "001_a.js failed; what it did up to line 1 is done and stays; its statement in line 2 may"
                                + " be done, or a part of it.")
                .hasMessageContaining(told)
                .hasMessageContaining("made up");
        assertThat(failure.remedy()).startsWith("Leave that statement as it is. Then start again");
        assertThat(events(migrator(FILES))).last().isEqualTo("FAILED 001");
        assertThat(count("a")).isEqualTo(1);

        migrator(FILES).migrate(Target.HEAD);
        assertThat(events(migrator(FILES))).last().isEqualTo("APPLIED 001");
        assertThat(count("a")).isEqualTo(1);
        assertThat(count("b")).isEqualTo(1);
    }
}
