package io.mhras.migrations.testing.mongodb;

import static org.assertj.core.api.Assertions.assertThat;

import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import com.mongodb.client.MongoDatabase;
import org.bson.Document;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Expressions and stages that mongo-java-server by itself does not know. */
class AggregationTest {

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
            {$switch: {branches: [{case: {$gt: ['$n', 5]}, then: 'big'}], default: 'small'}} | 'small'
            {$trim: {input: '  a b  '}}                                                      | 'a b'
            {$toUpper: {$trim: {input: ' a '}}}                                              | 'A'
            {$regexFind: {input: 'ab12', regex: '[0-9]+'}}                                   | {match: '12', idx: 2, captures: []}
            {$regexMatch: {input: 'AB', regex: 'ab', options: 'i'}}                          | true
            {$dateAdd: {startDate: {$toDate: '2024-01-31T00:00:00Z'}, unit: 'month', amount: 1}} | {$date: '2024-02-29T00:00:00Z'}
            {$dateTrunc: {date: {$toDate: '2024-05-17T13:45:00Z'}, unit: 'month'}}           | {$date: '2024-05-01T00:00:00Z'}
            {$dateDiff: {startDate: {$toDate: '2024-01-31T23:00:00Z'}, endDate: {$toDate: '2024-02-01T01:00:00Z'}, unit: 'day'}} | {$numberLong: '1'}
            {$round: [2.5]}                                                                  | 2.0
            {$round: [1234.567, 2]}                                                          | 1234.57
            {$getField: {field: 'a.b', input: {$setField: {field: 'a.b', input: {}, value: 7}}}} | 7
            {$sortArray: {input: [3, 1, 2], sortBy: 1}}                                      | [1, 2, 3]
            {$map: {input: [' a'], as: 'x', in: {$trim: {input: '$$x'}}}}                     | ['a']
            {$let: {vars: {x: 2}, in: {$add: ['$$x', '$n']}}}                                | 3
            {$reduce: {input: [1, 2], initialValue: 0, in: {$round: {$add: ['$$value', '$$this']}}}} | 3
            {$type: '$none'}                                                                 | 'missing'
            """)
    void anExpression(String expression, String expected) {
        database.getCollection("e").drop();
        database.getCollection("e").insertOne(Document.parse("{_id: 1, n: 1}"));
        Document stage = Document.parse("{$project: {_id: 0, r: " + expression + "}}");
        assertThat(database.getCollection("e")
                        .aggregate(java.util.List.of(stage))
                        .first())
                .isEqualTo(Document.parse("{r: " + expected + "}"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
            [{$unionWith: {coll: 'o', pipeline: [{$match: {_id: 9}}]}}, {$count: 'n'}]                      | [{n: 4}]
            [{$setWindowFields: {sortBy: {_id: 1}, output: {sum: {$sum: '$n', window: {documents: ['unbounded', 'current']}}}}}, {$project: {_id: 0, sum: 1}}] | [{sum: 1}, {sum: 3}, {sum: 6}]
            [{$bucketAuto: {groupBy: '$n', buckets: 3}}]                                                     | [{_id: {min: 1, max: 2}, count: 1}, {_id: {min: 2, max: 3}, count: 1}, {_id: {min: 3, max: 3}, count: 1}]
            [{$group: {_id: null, all: {$count: {}}, top: {$top: {sortBy: {n: -1}, output: '$n'}}}}]         | [{_id: null, all: 3, top: 3}]
            [{$group: {_id: {$round: {$divide: ['$n', 10]}}, n: {$sum: '$n'}}}]                              | [{_id: 0.0, n: 6}]
            [{$lookup: {from: 'o', let: {n: '$n'}, pipeline: [{$match: {$expr: {$gt: ['$_id', '$$n']}}}], as: 'o'}}, {$project: {_id: 1, s: {$size: '$o'}}}, {$limit: 1}] | [{_id: 1, s: 1}]
            [{$match: {$jsonSchema: {properties: {n: {minimum: 2}}}}}, {$count: 'n'}]                        | [{n: 2}]
            """)
    void aPipeline(String pipeline, String expected) {
        database.getCollection("p").drop();
        database.getCollection("o").drop();
        database.runCommand(
                Document.parse("{insert: 'p', documents: [{_id: 1, n: 1}, {_id: 2, n: 2}, {_id: 3, n: 3}]}"));
        database.runCommand(Document.parse("{insert: 'o', documents: [{_id: 9}]}"));
        Document command = Document.parse("{aggregate: 'p', cursor: {}, pipeline: " + pipeline + "}");
        Document answer = database.runCommand(command);
        assertThat(answer.get("cursor", Document.class).get("firstBatch"))
                .isEqualTo(Document.parse("{r: " + expected + "}").get("r"));
    }

    @org.junit.jupiter.api.Test
    void whatACallerLets() {
        database.getCollection("l").drop();
        database.runCommand(Document.parse("{insert: 'l', documents: [{_id: 1}, {_id: 2}]}"));
        Document answer = database.runCommand(
                Document.parse("{find: 'l', filter: {$expr: {$eq: ['$_id', '$$wanted']}}, let: {wanted: 2}}"));
        assertThat(answer.get("cursor", Document.class).getList("firstBatch", Document.class))
                .containsExactly(new Document("_id", 2));
    }
}
