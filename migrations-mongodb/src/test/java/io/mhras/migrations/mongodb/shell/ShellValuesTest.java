package io.mhras.migrations.mongodb.shell;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.bson.BsonBoolean;
import org.bson.BsonDateTime;
import org.bson.BsonDocument;
import org.bson.BsonDouble;
import org.bson.BsonInt32;
import org.bson.BsonInt64;
import org.bson.BsonJavaScript;
import org.bson.BsonNull;
import org.bson.BsonRegularExpression;
import org.bson.BsonString;
import org.junit.jupiter.api.Test;

/** What a script's values are in the database, and the other way round. */
class ShellValuesTest extends ShellTest {

    private BsonDocument stored(String fields) {
        run("db.v.insertOne({ _id: 1, " + fields + " });");
        BsonDocument document = only("v");
        document.remove("_id");
        return document;
    }

    @Test
    void anIntegerOf32BitsIsAnIntAndEveryOtherNumberADouble() {
        assertThat(stored("a: 2147483647, b: -2147483648, c: 3000000000, d: -0, e: NaN, f: 1.5"))
                .isEqualTo(new BsonDocument("a", new BsonInt32(Integer.MAX_VALUE))
                        .append("b", new BsonInt32(Integer.MIN_VALUE))
                        .append("c", new BsonDouble(3e9))
                        .append("d", new BsonDouble(-0.0))
                        .append("e", new BsonDouble(Double.NaN))
                        .append("f", new BsonDouble(1.5)));
    }

    @Test
    void aLongStaysExactOnItsWayThroughAScript() {
        run("""
            db.v.insertOne({ _id: 1, n: NumberLong('9007199254740993') });
            const read = db.v.findOne();
            db.v.replaceOne({ _id: 1 }, { n: read.n, sum: read.n.add(NumberLong('1')), is: typeof read.n });
            """);
        assertThat(only("v"))
                .containsEntry("n", new BsonInt64(9007199254740993L))
                .containsEntry("sum", new BsonInt64(9007199254740994L))
                .containsEntry("is", new BsonString("object"));
    }

    @Test
    void aLongThatIsNoLongerExactIsRefused() {
        assertThat(failure("NumberLong(9007199254740993)").error())
                .isEqualTo("RangeError: NumberLong(9007199254740992): JavaScript may have read another number than was"
                        + " written; write it as text, NumberLong('...')");
        assertThat(failure("NumberLong('9223372036854775808')").error()).contains("does not fit into 64 bits");
        assertThat(failure("NumberLong('five')").error()).contains("NumberLong('five'): not an integer");
    }

    @Test
    void whatLooksLikeExtendedJsonIsADocument() {
        assertThat(stored("a: { $numberLong: '5' }, b: { $date: 'x' }, c: { $regex: 'y' }"))
                .isEqualTo(new BsonDocument()
                        .append("a", new BsonDocument("$numberLong", new BsonString("5")))
                        .append("b", new BsonDocument("$date", new BsonString("x")))
                        .append("c", new BsonDocument("$regex", new BsonString("y"))));
    }

    @Test
    void anExpressionsFlagGIsTheOptionS() {
        assertThat(stored("a: /x/g, b: /x/im"))
                .containsEntry("a", new BsonRegularExpression("x", "s"))
                .containsEntry("b", new BsonRegularExpression("x", "im"));
    }

    @Test
    void undefinedIsNull() {
        assertThat(stored("a: undefined, b: [undefined]"))
                .isEqualTo(BsonDocument.parse("{a: null, b: [null]}"))
                .containsEntry("a", BsonNull.VALUE);
    }

    @Test
    void theIdIsMadeInTheScript() {
        run("""
            const one = {}, many = {}, bulk = {};
            const result = db.v.insertOne(one);
            db.v.insertMany([many]);
            db.v.bulkWrite([{ insertOne: { document: bulk } }]);
            db.ids.insertOne({ _id: 1, one: one._id === undefined, many: many._id === undefined, bulk: bulk._id !== undefined });
            """);
        assertThat(only("ids"))
                .containsEntry("one", BsonBoolean.TRUE)
                .containsEntry("many", BsonBoolean.TRUE)
                .containsEntry("bulk", BsonBoolean.TRUE);
        assertThat(calls.get(0).arguments().getDocument("document").isObjectId("_id"))
                .isTrue();
    }

    @Test
    void aRerunMakesTheSameIdsTimesAndRandomNumbers() {
        Replay replay = new Replay(5, Instant.parse("2024-05-06T07:08:09Z"));
        String text =
                "db.v.insertOne({ at: new Date(), now: Date.now(), r: Math.random(), u: UUID(), o: ObjectId() });";
        run(shell(), script(text), replay);
        BsonDocument first = only("v");
        database.drop();
        run(shell(), script(text), replay);
        assertThat(only("v")).isEqualTo(first);
        assertThat(first)
                .containsEntry("at", new BsonDateTime(replay.startedAt().toEpochMilli()));
    }

    @Test
    void anotherRunMakesOthers() {
        String text = "db.v.insertOne({ _id: 1, r: Math.random(), u: UUID() });";
        run(shell(), script(text), Replay.begin(Instant.now()));
        BsonDocument first = only("v");
        database.drop();
        run(shell(), script(text), Replay.begin(Instant.now()));
        assertThat(only("v")).isNotEqualTo(first);
    }

    @Test
    void aCircleIsRefusedWithItsPlace() {
        ScriptFailure failure = failure("const a = { b: [{}] };\na.b[0].c = a;\ndb.v.insertOne(a);");
        assertThat(failure.error())
                .isEqualTo("BSONError: Cannot convert circular structure to BSON, at document.b.0.c.b");
        assertThat(failure.line()).isEqualTo(3);
    }

    @Test
    void whatIsNestedTooDeeplyIsRefused() {
        assertThat(failure("let d = {};\n"
                                + "for (let i = 0; i < 97; i++) d = { d };\n"
                                + "db.v.insertOne(d);\n"
                                + "print(db.v.findOne() !== null);\n"
                                + "let a = {};\n"
                                + "for (let i = 0; i < 5000; i++) a = { a };\n"
                                + "db.v.insertOne(a);")
                        .error())
                .contains("BSONError: nested more than 100 levels deep");
    }

    @Test
    void aGetterMayThrow() {
        ScriptFailure failure =
                failure("const a = {\n  get b() {\n    throw new Error('no');\n  }\n};\ndb.v.insertOne(a);");
        assertThat(failure.error()).isEqualTo("Error: no");
        assertThat(failure.line()).isEqualTo(3);
    }

    @Test
    void textOfAnyKindArrives() {
        String odd = "Gr\u00fc\u00dfe \u65e5\u672c \ud83d\ude00 \u2028 ' \\\" \\\\ \\u0001 \\u0000";
        assertThat(stored("a: \"" + odd + "\", b: 'half of a pair: \\ud83d'"))
                .containsEntry(
                        "a", new BsonString("Gr\u00fc\u00dfe \u65e5\u672c \ud83d\ude00 \u2028 ' \" \\ \u0001 \u0000"))
                .containsEntry("b", new BsonString("half of a pair: \ufffd"));
    }

    @Test
    void aLargeTextArrives() {
        run("db.v.insertOne({ _id: 1, a: 'x'.repeat(10_000_000) });\nprint(db.v.findOne().a.length);");
        assertThat(printed).containsExactly("10000000");
    }

    @Test
    void aFunctionIsStoredAsCodeAndACursorIsNot() {
        assertThat(stored("a: () => 1")).containsEntry("a", new BsonJavaScript("() => 1"));
        assertThat(failure("db.w.insertOne({ a: db.v.find() });").error())
                .contains("BSONError")
                .contains("[object Cursor] is not a value that can be stored, at document.a");
        assertThat(failure("db.w.insertOne({ a: db.v });").error())
                .contains("is not a value that can be stored, at document.a");
        assertThat(failure("db.w.insertOne({ a: new Date('x') });").error())
                .contains("an invalid date cannot be stored");
    }
}
