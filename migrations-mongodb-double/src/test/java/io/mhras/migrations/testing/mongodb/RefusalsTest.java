package io.mhras.migrations.testing.mongodb;

import static org.assertj.core.api.Assertions.assertThat;

import com.mongodb.MongoCommandException;
import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import com.mongodb.client.MongoDatabase;
import org.assertj.core.api.Assertions;
import org.bson.BsonDocument;
import org.bson.Document;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the server refuses, in its words. */
class RefusalsTest {

    private static final MongoDouble server = MongoDouble.replicaSet();
    private static final MongoClient client = MongoClients.create(server.url());
    private final MongoDatabase database = client.getDatabase("test");

    @AfterAll
    static void stop() {
        client.close();
        server.close();
    }

    @AfterEach
    void drop() {
        database.drop();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
            2     | {$jsonSchema: {bsonType: 'strin'}}                                | Unknown type name alias: strin
            9     | {$jsonSchema: {type: 'integer'}}                                  | $jsonSchema type 'integer' is not currently supported.
            9     | {$jsonSchema: {properties: {a: {enum: []}}}}                      | $jsonSchema keyword 'enum' cannot be an empty array
            9     | {$jsonSchema: {properties: {a: {enum: [1, 1]}}}}                  | $jsonSchema keyword 'enum' array cannot contain duplicate values.
            9     | {$jsonSchema: {required: ['a', 'a']}}                             | $jsonSchema keyword 'required' array cannot contain duplicate values
            9     | {$jsonSchema: {required: []}}                                     | $jsonSchema keyword 'required' cannot be an empty array
            51091 | {$jsonSchema: {properties: {a: {pattern: '('}}}}                  | Regular expression is invalid
            9     | {$jsonSchema: {requird: ['a']}}                                   | Unknown $jsonSchema keyword: requird
            9     | {$jsonSchema: {properties: {a: {minLength: -1}}}}                 | Expected a non-negative number in: minLength
            9     | {$jsonSchema: {properties: {a: {multipleOf: 0}}}}                 | $jsonSchema keyword 'multipleOf' must have a positive value
            14    | {$jsonSchema: {properties: {a: 'string'}}}                        | Nested schema for $jsonSchema property 'a' must be an object
            9     | {$jsonSchema: {'$ref': 'x'}}                                      | $jsonSchema keyword '$ref' is not currently supported
            2     | {a: {$gtt: 1}}                                                    | unknown operator: $gtt
            2     | {$nand: []}                                                       | unknown top level operator: $nand
            2     | {a: {$in: 1}}                                                     | $in needs an array
            224   | {$where: 'true'}                                                  | $where is not allowed in this context
            168   | {$expr: {$foo: 1}}                                                | Unrecognized expression '$foo'
            """)
    void aValidatorThatIsNone(int code, String validator, String message) {
        refused(code, "{create: 'v', validator: " + validator + "}", message);
        database.createCollection("there");
        refused(code, "{collMod: 'there', validator: " + validator + "}", message);
    }

    @Test
    void aLevelOrAnActionThatIsMisspelt() {
        refused(
                2,
                "{create: 'v', validator: {}, validationLevel: 'strct'}",
                "Enumeration value 'strct' for field 'create.validationLevel' is not a valid value.");
        database.createCollection("there");
        refused(
                2,
                "{collMod: 'there', validationAction: 'refuse'}",
                "Enumeration value 'refuse' for field 'collMod.validationAction' is not a valid value.");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
            67    | {key: {a: 'btree'}, name: 'i'}                                                | Unknown index plugin 'btree'
            67    | {key: {a: true}, name: 'i'}                                                   | cannot be of type bool
            67    | {key: {a: 0}, name: 'i'}                                                      | Values in the index key pattern cannot be 0.
            67    | {key: {'': 1}, name: 'i'}                                                     | Index keys cannot be an empty field.
            67    | {key: {a: 1}, name: ''}                                                       | index name cannot be empty
            2     | {key: {a: 1}, name: '*'}                                                      | The index name '*' is not valid.
            67    | {key: {a: 1}, name: 'i', sparse: true, partialFilterExpression: {a: 1}}       | cannot mix "partialFilterExpression" and "sparse" options
            67    | {key: {a: 1}, name: 'i', expireAfterSeconds: -1}                              | TTL index 'expireAfterSeconds' option cannot be less than 0
            67    | {key: {a: 1, b: 1}, name: 'i', expireAfterSeconds: 1}                         | compound indexes do not support TTL
            197   | {key: {_id: 1}, name: '_id_', unique: true}                                   | The field 'unique' is not valid for an _id index specification.
            2     | {key: {_id: -1}, name: 'i'}                                                   | The field 'key' for an _id index must be {_id: 1}
            67    | {key: {a: 1}, name: 'i', partialFilterExpression: {a: {$ne: 1}}}              | Expression not supported in partial index: $ne
            16764 | {key: {a: 'hashed'}, name: 'i', unique: true}                                 | hashed indexes cannot guarantee uniqueness
            67    | {key: {'$**': 1}, name: 'i', unique: true}                                    | Index type 'wildcard' does not support the 'unique' option
            40414 | {key: {a: 1}, name: 'i', collation: {strength: 2}}                            | BSON field 'collation.locale' is missing but a required field
            """)
    void anIndexThatCannotBe(int code, String index, String message) {
        refused(code, "{createIndexes: 'i', indexes: [" + index + "]}", message);
        assertThat(database.listCollectionNames()).isEmpty();
    }

    @Test
    void theSixtyFifthIndex() {
        for (int i = 1; i < 64; i++) {
            database.getCollection("i").createIndex(new Document("f" + i, 1));
        }
        refused(
                67,
                "{createIndexes: 'i', indexes: [{key: {f64: 1}, name: 'f64'}]}",
                "add index fails, too many indexes for test.i");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
            171   | {a: 1, b: 1}     | {a: [1], b: [2]}                                          | cannot index parallel arrays [b] [a]
            16755 | {loc: '2dsphere'}| {loc: {type: 'Pont', coordinates: [1, 2]}}                | unknown GeoJSON type
            16755 | {loc: '2dsphere'}| {loc: {type: 'Point', coordinates: [200, 2]}}             | longitude/latitude is out of bounds
            16755 | {loc: '2dsphere'}| {loc: {type: 'Polygon', coordinates: [[[0,0],[1,0],[1,1],[0,1]]]}} | Loop is not closed
            16766 | {a: 'hashed'}    | {a: [1]}                                                  | hashed indexes do not currently support array values
            """)
    void aDocumentThatAnIndexCannotHold(int code, String key, String document, String message) {
        refusedWrite(code, key, document, message);
    }

    private void refusedWrite(int code, String key, String document, String message) {
        database.runCommand(Document.parse("{createIndexes: 'i', indexes: [{key: " + key + ", name: 'i'}]}"));
        Document answer = database.runCommand(Document.parse("{insert: 'i', documents: [" + document + "]}"));
        Document error = answer.getList("writeErrors", Document.class).get(0);
        assertThat(error.getString("errmsg")).contains(message);
        assertThat(error).containsEntry("code", code);
    }

    @Test
    void anotherTextByCollationIsADuplicate() {
        database.runCommand(Document.parse("{createIndexes: 'i', indexes: [{key: {a: 1}, name: 'i', unique: true,"
                + " collation: {locale: 'en', strength: 2}}]}"));
        Document answer = database.runCommand(Document.parse("{insert: 'i', documents: [{a: 'Ann'}, {a: 'ANN'}]}"));
        assertThat(answer.getList("writeErrors", Document.class))
                .extracting(each -> each.get("code"))
                .containsExactly(11000);
        assertThat(database.getCollection("i")
                        .find(Document.parse("{a: 'aNN'}"))
                        .collation(com.mongodb.client.model.Collation.builder()
                                .locale("en")
                                .collationStrength(com.mongodb.client.model.CollationStrength.SECONDARY)
                                .build()))
                .hasSize(1);
    }

    @Test
    void prepareUniqueRefusesNewDuplicatesBeforeTheIndexIsUnique() {
        database.runCommand(Document.parse("{insert: 'i', documents: [{_id: 1, a: 1}, {_id: 2, a: 1}]}"));
        database.runCommand(Document.parse("{createIndexes: 'i', indexes: [{key: {a: 1}, name: 'a_1'}]}"));
        refused(72, "{collMod: 'i', index: {name: 'a_1', unique: true}}", "Run collMod to set it first.");
        database.runCommand(Document.parse("{collMod: 'i', index: {name: 'a_1', prepareUnique: true}}"));
        Document answer = database.runCommand(Document.parse("{insert: 'i', documents: [{a: 1}]}"));
        assertThat(answer.getList("writeErrors", Document.class))
                .extracting(each -> each.get("code"))
                .containsExactly(11000);
        refused(359, "{collMod: 'i', index: {name: 'a_1', unique: true}}", "Cannot convert the index to unique.");
        database.getCollection("i").deleteOne(new Document("_id", 2));
        assertThat(database.runCommand(Document.parse("{collMod: 'i', index: {name: 'a_1', unique: true}}")))
                .containsEntry("unique_new", true);
        assertThat(database.getCollection("i")
                        .listIndexes()
                        .into(new java.util.ArrayList<>())
                        .get(1))
                .containsEntry("unique", true);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
            73    | {create: 'a$b'}                                        | Invalid collection name: a$b
            73    | {create: ''}                                           | Invalid namespace specified
            73    | {create: '.a'}                                         | Collection names cannot start with '.': .a
            73    | {create: 'system.mine'}                                | Invalid system namespace: test.system.mine
            73    | {insert: 'a$b', documents: [{}]}                       | Invalid collection name: a$b
            167   | {create: 'v', viewOn: 't', pipeline: [{$out: 'x'}]}    | because it writes to disk
            40324 | {create: 'v', viewOn: 't', pipeline: [{$mach: {}}]}    | Unrecognized pipeline stage name: '$mach'
            5     | {create: 'v', viewOn: 'v', pipeline: []}               | View cycle detected
            2     | {create: 'v', viewOn: '', pipeline: []}                | 'viewOn' cannot be empty
            40414 | {create: 's', timeseries: {}}                          | BSON field 'create.timeseries.timeField' is missing but a required field
            72    | {create: 's', timeseries: {timeField: 't', metaField: 't'}} | 'metaField' cannot be the same as 'timeField'
            72    | {create: 's', timeseries: {timeField: 't'}, capped: true, size: 1} | 'timeseries' is not allowed with 'capped'
            2     | {create: 's', timeseries: {timeField: 't', granularity: 'days'}}   | 'create.timeseries.granularity' is not a valid value.
            72    | {create: 's', expireAfterSeconds: 1}                   | 'expireAfterSeconds' is only supported on time-series collections
            """)
    void aCollectionOrViewThatCannotBe(int code, String command, String message) {
        refused(code, command, message);
    }

    @Test
    void aViewOfAViewOfItself() {
        database.createView("a", "b", java.util.List.of());
        refused(5, "{create: 'b', viewOn: 'a', pipeline: []}", "View cycle detected: test.b => test.a => test.b");
    }

    @Test
    void aTimeSeriesWantsItsTime() {
        database.runCommand(Document.parse("{create: 's', timeseries: {timeField: 't', metaField: 'm'}}"));
        Document answer = database.runCommand(Document.parse("{insert: 's', documents: [{t: 'now'}]}"));
        assertThat(answer.getList("writeErrors", Document.class).get(0).getString("errmsg"))
                .isEqualTo("'t' must be present and contain a valid BSON UTC datetime value");
        refused(
                72,
                "{createIndexes: 's', indexes: [{key: {m: 1}, name: 'm', unique: true}]}",
                "Unique indexes are not supported on time-series collections");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
            9  | {$sett: {a: 1}}              | Unknown modifier: $sett.
            14 | {$inc: {a: 'x'}}             | Cannot increment with non-numeric argument
            40 | {$set: {a: 1, 'a.b': 2}}     | would create a conflict at 'a'
            2  | {$rename: {a: 1}}            | The 'to' field for $rename must be a string
            9  | {$pop: {a: 2}}               | $pop expects 1 or -1, found: 2
            14 | {$push: {a: {$each: 1}}}     | The argument to $each in $push must be an array
            2  | {$set: {'a.$[x].b': 1}}      | No array filter found for identifier 'x' in path
            56 | {$set: {'a..b': 1}}          | contains an empty field name, which is not allowed.
            72 | [{$match: {}}]               | Aggregation stage $match is not allowed within an update
            """)
    void anUpdateThatIsNone(int code, String update, String message) {
        refused(code, "{findAndModify: 'none', query: {}, update: " + update + "}", message);
    }

    private void refused(int code, String command, String message) {
        MongoCommandException failure = Assertions.catchThrowableOfType(
                MongoCommandException.class, () -> database.runCommand(BsonDocument.parse(command)));
        assertThat(failure).as(command).isNotNull();
        assertThat(failure.getErrorMessage()).contains(message);
        assertThat(failure.getErrorCode()).isEqualTo(code);
    }
}
