package io.mhras.migrations.mongodb.shell;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.bson.BsonDocument;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The table of operations. */
class OperationTest {

    private static final Pattern CALL = Pattern.compile("(?:#call|shell\\.call|shell\\.Cursor)\\('(\\w+)'");
    private static final Pattern COMMAND =
            Pattern.compile("(?:runCommand|adminCommand|shell\\.command)\\((?:\\w+, )?\\{ (\\w+):");

    private static List<String> found(Pattern pattern, String file) throws Exception {
        try (InputStream content = ShellSources.class.getResourceAsStream(file)) {
            String text = new String(content.readAllBytes(), StandardCharsets.UTF_8);
            return pattern.matcher(text)
                    .results()
                    .map((MatchResult match) -> match.group(1))
                    .toList();
        }
    }

    @Test
    void hasWhatTheShellsOwnMethodsSend() throws Exception {
        List<String> calls = found(CALL, "collection.js");
        assertThat(calls).contains("insertOne", "bulkWrite");
        for (String file : List.of("collection.js", "cursor.js", "database.js")) {
            assertThat(found(CALL, file)).allSatisfy(OperationTest::isKnown);
            assertThat(found(COMMAND, file)).allSatisfy(OperationTest::isKnown);
        }
    }

    private static void isKnown(String name) {
        assertThat(Operation.of(name)).as(name).isNotEqualTo(Operation.OTHER);
    }

    @Test
    void whatIsNotInItIsTakenForAWriteThatAsks() {
        ShellCall call = new ShellCall("nosuch", "shop.orders", new BsonDocument("command", new BsonDocument()), 1, 1);

        assertThat(call.writes()).isTrue();
        assertThat(call.operation().doubt()).isEqualTo(Doubt.ASKS);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "find            | {}                                                    | false | false",
                "validate        | {}                                                    | false | false",
                "validate        | { repair: true }                                      | true  | false",
                "aggregate       | { pipeline: [{ $match: {} }] }                        | false | false",
                "aggregate       | { pipeline: [{ $match: {} }, { $out: 'a' }] }         | true  | true",
                "updateOne       | { options: {} }                                       | true  | false",
                "updateOne       | { options: { upsert: true } }                         | true  | true",
                "bulkWrite       | { operations: [{ deleteMany: { filter: {} } }] }      | true  | false",
                "bulkWrite       | { operations: [{ insertOne: { document: {} } }] }     | true  | true",
                "bulkWrite       | { operations: [{ updateOne: { upsert: true } }] }     | true  | true",
                "findandmodify   | { command: { findandmodify: 'a', upsert: true } }     | true  | true",
                "update          | { command: { update: 'a', updates: [{ upsert: true }] } } | true | true",
                "createIndexes   | { command: { createIndexes: 'a' } }                   | true  | true"
            })
    void saysWhatWritesAndWhatMayCreateACollection(String name, String arguments, boolean writes, boolean mayCreate) {
        ShellCall call = new ShellCall(name, "shop.a", BsonDocument.parse(arguments), 1, 1);

        assertThat(call.writes()).isEqualTo(writes);
        assertThat(call.mayCreate()).isEqualTo(mayCreate);
    }
}
