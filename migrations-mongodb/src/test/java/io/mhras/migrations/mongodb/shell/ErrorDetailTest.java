package io.mhras.migrations.mongodb.shell;

import static org.assertj.core.api.Assertions.assertThat;

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

        assertThat(ErrorDetail.of(refused(said)))
                .startsWith("{\"schemaRulesNotSatisfied\": [")
                .contains("\"missingProperties\": [\"name\"]")
                .doesNotContain("failingDocumentId");
        assertThat(ErrorDetail.of(refused(new BsonDocument()))).isEmpty();
        assertThat(ErrorDetail.of(refused(BsonDocument.parse("{ a: '" + "x".repeat(2000) + "' }"))))
                .hasSizeLessThan(600)
                .endsWith("...");
    }

    private static MongoWriteException refused(BsonDocument details) {
        return new MongoWriteException(
                new WriteError(121, "Document failed validation", details), new ServerAddress(), Set.of());
    }
}
