package io.mhras.migrations.mongodb.shell;

import static org.assertj.core.api.Assertions.assertThat;

import com.mongodb.MongoCommandException;
import com.mongodb.MongoWriteException;
import com.mongodb.ServerAddress;
import com.mongodb.WriteError;
import io.mhras.migrations.mongodb.MongoTest;
import java.util.Set;
import org.bson.BsonDocument;
import org.junit.jupiter.api.Test;

/** What a refused write says beside the server's message. */
class ErrorDetailTest extends MongoTest {

    @Test
    void ofAListItIsSaidWhichOneAndWhatBecameOfTheOthers() {
        String script = """
                db.a.insertOne({ _id: 2 });
                db.a.insertMany([{ _id: 1 }, { _id: 2 }, { _id: 3 }]);
                """;

        assertThat(failure(script).problem())
                .contains("  ERROR: MongoBulkWriteError: E11000 duplicate key error")
                .contains("\n  Detail: number 2 of the list; of the others: 1 inserted");
    }

    @Test
    void whereNothingElseWasDoneThatIsSaid() {
        String script = """
                db.a.insertOne({ _id: 2 });
                db.a.bulkWrite([{ insertOne: { document: { _id: 2 } } }, { deleteOne: { filter: { _id: 2 } } }]);
                """;

        assertThat(failure(script).problem())
                .contains("\n  Detail: number 1 of the list; of the others nothing was done");
    }

    @Test
    void aScriptThatPrintsTheErrorDoesNotSeeIt() {
        String script = """
                db.a.insertOne({ _id: 2 });
                try {
                  db.a.insertMany([{ _id: 2 }]);
                } catch (e) {
                  if (Object.keys(e).includes('detail')) throw new Error('it is seen');
                }
                """;

        migrate(script);

        assertThat(count("a")).isEqualTo(1);
    }

    @Test
    void whichRulesOfAValidatorAreBrokenIsSaid() {
        BsonDocument said = BsonDocument.parse("""
                { failingDocumentId: 1, details: { operatorName: "$jsonSchema", schemaRulesNotSatisfied: [
                    { operatorName: "required", specifiedAs: { required: ["name"] }, missingProperties: ["name"] } ] } }
                """);

        assertThat(ErrorDetail.of(refused(said))).isEqualTo("name is missing");
        assertThat(ErrorDetail.of(refused(new BsonDocument()))).isEmpty();
        assertThat(ErrorDetail.of(refused(BsonDocument.parse("{ a: '" + "x".repeat(2000) + "' }"))))
                .hasSizeLessThan(600)
                .endsWith("...");
    }

    /** The examples of the manual, "Schema Validation". */
    @Test
    void eachBrokenRuleHasItsField() {
        BsonDocument said = BsonDocument.parse("""
                { failingDocumentId: 1, details: { operatorName: "$jsonSchema", title: "Student", schemaRulesNotSatisfied: [
                    { operatorName: "properties", propertiesNotSatisfied: [
                        { propertyName: "gpa", description: "must be a double", details: [
                            { operatorName: "bsonType", specifiedAs: { bsonType: ["double"] }, reason: "type did not match",
                              consideredValue: 3, consideredType: "int" } ] },
                        { propertyName: "address", details: [
                            { operatorName: "required", specifiedAs: { required: ["city"] }, missingProperties: ["city"] } ] },
                        { propertyName: "tags", details: [
                            { operatorName: "items", reason: "At least one item did not match the sub-schema", itemIndex: 2,
                              details: [ { operatorName: "minLength", specifiedAs: { minLength: 3 },
                                           reason: "specified string length was not satisfied", consideredValue: "ab" } ] } ] } ] },
                    { operatorName: "additionalProperties", specifiedAs: { additionalProperties: false },
                      additionalProperties: ["nmae"] } ] } }
                """);

        assertThat(ErrorDetail.of(refused(said)).split("; ", -1))
                .containsExactly(
                        "gpa: type did not match (\"bsonType\": [\"double\"]), it is 3, of type int",
                        "address.city is missing",
                        "tags[2]: At least one item did not match the sub-schema",
                        "tags[2]: specified string length was not satisfied (\"minLength\": 3), it is \"ab\"",
                        "nmae is not allowed");
    }

    @Test
    void soHasACommand() {
        BsonDocument answer = BsonDocument.parse("""
                { ok: 0, code: 121, codeName: "DocumentValidationFailure", errmsg: "Document failed validation", errInfo: {
                    failingDocumentId: 1, details: { operatorName: "$and", clausesNotSatisfied: [ { index: 0, details: {
                      operatorName: "$gt", specifiedAs: { n: { $gt: 5 } }, reason: "comparison failed", consideredValue: 3 } } ] } } }
                """);

        assertThat(ErrorDetail.of(new MongoCommandException(answer, new ServerAddress())))
                .isEqualTo("comparison failed (\"n\": {\"$gt\": 5}), it is 3");
    }

    private static MongoWriteException refused(BsonDocument details) {
        return new MongoWriteException(
                new WriteError(121, "Document failed validation", details), new ServerAddress(), Set.of());
    }
}
