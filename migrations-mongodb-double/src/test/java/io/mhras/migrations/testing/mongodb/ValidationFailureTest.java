package io.mhras.migrations.testing.mongodb;

import static org.assertj.core.api.Assertions.assertThat;

import com.mongodb.MongoCommandException;
import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import com.mongodb.client.MongoDatabase;
import java.util.Objects;
import org.assertj.core.api.Assertions;
import org.bson.Document;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Error 121 says what was not allowed, in the server's shape. */
class ValidationFailureTest {

    private static final MongoDouble server = MongoDouble.replicaSet();
    private static final MongoClient client = MongoClients.create(server.url());
    private final MongoDatabase database = client.getDatabase("test");

    @AfterAll
    static void stop() {
        client.close();
        server.close();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
            {$jsonSchema: {required: ['name', 'age']}}                | {age: 1}      | {operatorName: '$jsonSchema', schemaRulesNotSatisfied: [{operatorName: 'required', specifiedAs: {required: ['name', 'age']}, missingProperties: ['name']}]}
            {$jsonSchema: {properties: {n: {bsonType: 'string', description: 'a name'}}}} | {n: 1} | {operatorName: '$jsonSchema', schemaRulesNotSatisfied: [{operatorName: 'properties', propertiesNotSatisfied: [{propertyName: 'n', description: 'a name', details: [{operatorName: 'bsonType', specifiedAs: {bsonType: 'string'}, reason: 'type did not match', consideredValue: 1, consideredType: 'int'}]}]}]}
            {$jsonSchema: {properties: {n: {enum: ['a']}}}}           | {n: 'b'}      | {operatorName: '$jsonSchema', schemaRulesNotSatisfied: [{operatorName: 'properties', propertiesNotSatisfied: [{propertyName: 'n', details: [{operatorName: 'enum', specifiedAs: {enum: ['a']}, reason: 'value was not found in enum', consideredValue: 'b'}]}]}]}
            {$jsonSchema: {properties: {_id: {}}, additionalProperties: false}} | {x: 1} | {operatorName: '$jsonSchema', schemaRulesNotSatisfied: [{operatorName: 'additionalProperties', specifiedAs: {additionalProperties: false}, additionalProperties: ['x']}]}
            {qty: {$gte: 0}}                                          | {qty: -1}     | {operatorName: '$gte', specifiedAs: {qty: {$gte: 0}}, reason: 'comparison failed', consideredValue: -1}
            {qty: {$gte: 0}}                                          | {}            | {operatorName: '$gte', specifiedAs: {qty: {$gte: 0}}, reason: 'field was missing'}
            {a: {$exists: true}, b: 1}                                | {b: 1}        | {operatorName: '$and', clausesNotSatisfied: [{index: 0, details: {operatorName: '$exists', specifiedAs: {a: {$exists: true}}, reason: 'path does not exist'}}]}
            """)
    void theRuleThatWasBrokenIsNamed(String validator, String document, String details) {
        database.getCollection("v").drop();
        database.runCommand(Document.parse("{create: 'v', validator: " + validator + "}"));
        Document refused = new Document("_id", 7);
        refused.putAll(Document.parse(document));

        Document answer =
                database.runCommand(new Document("insert", "v").append("documents", java.util.List.of(refused)));

        Document error = answer.getList("writeErrors", Document.class).get(0);
        assertThat(error).containsEntry("code", 121).containsEntry("errmsg", "Document failed validation");
        assertThat(error.get("errInfo"))
                .isEqualTo(new Document("failingDocumentId", 7).append("details", Document.parse(details)));
    }

    @Test
    void anUpdateAndAFindAndModifySayItToo() {
        database.getCollection("v").drop();
        database.runCommand(Document.parse("{create: 'v', validator: {qty: {$gte: 0}}}"));
        database.runCommand(Document.parse("{insert: 'v', documents: [{_id: 1, qty: 1}]}"));

        Document answer =
                database.runCommand(Document.parse("{update: 'v', updates: [{q: {}, u: {$set: {qty: -1}}}]}"));
        assertThat(answer.getList("writeErrors", Document.class).get(0).get("errInfo", Document.class))
                .containsKey("details");
        MongoCommandException failure = Assertions.catchThrowableOfType(
                MongoCommandException.class,
                () -> database.runCommand(
                        Document.parse("{findAndModify: 'v', query: {_id: 1}, update: {$set: {qty: -1}}}")));
        assertThat(Objects.requireNonNull(failure).getResponse().getDocument("errInfo"))
                .containsKey("details");

        database.runCommand(
                Document.parse("{insert: 'v', bypassDocumentValidation: true, documents: [{_id: 2, qty: -1}]}"));
        assertThat(database.getCollection("v").find(Document.parse("{$jsonSchema: {properties: {qty: {minimum: 0}}}}")))
                .extracting(each -> each.get("_id"))
                .containsExactly(1);
    }
}
