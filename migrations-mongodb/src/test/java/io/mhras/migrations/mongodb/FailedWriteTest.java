package io.mhras.migrations.mongodb;

import static org.assertj.core.api.Assertions.assertThat;

import com.mongodb.MongoCommandException;
import com.mongodb.ServerAddress;
import org.bson.BsonDocument;
import org.bson.BsonInt32;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the answers of a real server say of a write that failed, of which the double has not all. */
class FailedWriteTest {

    private static ShellCall command(String command) {
        BsonDocument parsed = BsonDocument.parse(command);
        return new ShellCall(
                parsed.getFirstKey(), "shop.a", new BsonDocument("database", parsed).append("command", parsed), 1, 1);
    }

    private static boolean mayBeDoneInPart(ShellCall call, int code) {
        return FailedWrite.mayBeDoneInPart(
                call,
                new MongoCommandException(
                        new BsonDocument("ok", new BsonInt32(0)).append("code", new BsonInt32(code)),
                        new ServerAddress()));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{update: 'a', updates: [{q: {}, u: {$inc: {n: 1}}, multi: true}]}",
                "{update: 'a', updates: [{q: {_id: 1}, u: {$inc: {n: 1}}}, {q: {_id: 2}, u: {$inc: {n: 1}}}]}",
                "{insert: 'a', documents: [{}, {}]}",
                "{delete: 'a', deletes: [{q: {a: 1}, limit: 1}, {q: {b: 1}, limit: 1}]}",
                "{bulkWrite: 1, ops: [{update: 0, filter: {}, updateMods: {$inc: {n: 1}}, multi: true}], nsInfo: [{ns: 'shop.a'}]}",
                "{aggregate: 'a', pipeline: [{$merge: {into: 'b'}}], cursor: {}}",
                "{mapReduce: 'a', map: 'm', reduce: 'r', out: {reduce: 'b'}}",
                "{applyOps: [{op: 'i', ns: 'shop.a', o: {_id: 1}}]}"
            })
    void aBatchThatWasInterruptedMayBeDoneInPartAndOneThatWasNotUnderstoodIsNot(String command) {
        int interrupted = 11601;
        int unauthorized = 13;
        int unknownField = 40415;

        assertThat(mayBeDoneInPart(command(command), interrupted)).isTrue();
        assertThat(mayBeDoneInPart(command(command), unauthorized)).isFalse();
        assertThat(mayBeDoneInPart(command(command), unknownField)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{findAndModify: 'a', query: {}, update: {$inc: {n: 1}}}",
                "{insert: 'a', documents: [{_id: 1}]}",
                "{update: 'a', updates: [{q: {_id: 1}, u: {$inc: {n: 1}}}]}",
                "{aggregate: 'a', pipeline: [{$out: 'b'}], cursor: {}}",
                "{createIndexes: 'a', indexes: []}",
                "{createUser: 'jo', roles: []}"
            })
    void whatIsDoneAllAtOnceIsNotDoneWhenItFails(String command) {
        assertThat(mayBeDoneInPart(command(command), 11601)).isFalse();
        assertThat(mayBeDoneInPart(command(command), 11000)).isFalse();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{bulkWrite: 1, ops: [{insert: 0, document: {}}, {insert: 0, document: {}}]} | {ok: 1, nErrors: 1, nInserted: 1} | true",
                "{bulkWrite: 1, ops: [{insert: 0, document: {}}]} | {ok: 1, nErrors: 1, nInserted: 0} | false",
                "{bulkWrite: 1, ops: [{update: 0, filter: {}, updateMods: {$inc: {n: 1}}, multi: true}]} | {ok: 1, nErrors: 1, nModified: 0} | true",
                "{update: 'a', updates: [{q: {}, u: {$inc: {n: 1}}, multi: true}]} | {ok: 1, n: 0, nModified: 0, writeErrors: [{index: 0}]} | true",
                "{update: 'a', updates: [{q: {}, u: {$inc: {n: 1}}}]} | {ok: 1, n: 0, nModified: 0, writeErrors: [{index: 0}]} | false",
                "{update: 'a', updates: [{q: {_id: 1}, u: {}, upsert: true}, {q: {}, u: {}}]} | {ok: 1, n: 1, nModified: 0, upserted: [{index: 0, _id: 1}], writeErrors: [{index: 1}]} | true",
                "{delete: 'a', deletes: [{q: {}, limit: 1}, {q: {}, limit: 1}]} | {ok: 1, n: 1, writeErrors: [{index: 1}]} | true",
                "{delete: 'a', deletes: [{q: {}, limit: 1}]} | {ok: 1, n: 0, writeErrors: [{index: 0}]} | false"
            })
    void writeErrorsInAnAnswerSayWhetherAPartWasDone(String command, String answer, boolean inPart) {
        BsonDocument document = BsonDocument.parse(answer);

        assertThat(FailedWrite.isIn(document, command(command))).isTrue();
        assertThat(FailedWrite.mayBeDoneInPart(command(command), document)).isEqualTo(inPart);
    }
}
