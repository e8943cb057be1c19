package io.mhras.migrations.mongodb.shell;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.mhras.migrations.MigrationException;
import java.time.Instant;
import org.bson.BsonNull;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How a script fails: with its place and the server's code, and never in silence. */
class ShellFailuresTest extends ShellTest {

    @Test
    void theServersErrorHasItsCodeAndItsPlace() {
        ScriptFailure failure = failure("db.c.insertOne({ _id: 1 });\n\n  db.c.insertOne({ _id: 1 });");
        assertThat(failure.error())
                .startsWith("MongoServerError: E11000 duplicate key error collection: ")
                .endsWith("dup key: { _id: 1 }");
        assertThat(failure.code()).isEqualTo(11000);
        assertThat(failure.codeName()).isEqualTo("DuplicateKey");
        assertThat(failure.line()).isEqualTo(3);
        assertThat(failure.getCause()).isNotNull();
    }

    @Test
    void aScriptMayCatchTheServersError() {
        run("""
            db.createCollection('a');
            try {
              db.createCollection('a', { capped: true, size: 5 });
            } catch (e) {
              if (e.code !== 48) throw e;
              print(e.name, e.codeName, e instanceof Error);
            }
            """);
        assertThat(printed).containsExactly("MongoServerError NamespaceExists true");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
                    throw new Error('no');                                      | 3 | 7 | Error: no
                    noSuch();                                                   | 3 | 1 | ReferenceError: noSuch is not defined
                    null.x;                                                     | 3 | 1 | TypeError: Cannot read property 'x' of null
                    throw 'text';                                               | 3 | 1 | text
                    db.c.frobnicate();                                          | 3 | 1 | TypeError: db.c.frobnicate is not a function
                    (async () => { await 1; throw new Error('late'); })();      | 3 | 31| Error: late
                    Promise.reject(new Error('lost'));                          | 3 | 16| Error: lost
                    await Promise.resolve(1); throw new Error('top');           | 3 | 33| Error: top
                    db.c.updateOne({}, { $set: { a: 1 } }, { nosuch: 1 });      | 3 | 6 | MongoError: updateOne has no option 'nosuch'
                    db.c.insertOne('text');                                     | 3 | 6 | MongoInvalidArgumentError: Value expected to be of type DOCUMENT is of unexpected type STRING
                    """)
    void theScriptsOwnErrorHasItsPlace(String line, int row, int column, String error) {
        ScriptFailure failure = failure("// first\nconst x = 1;\n" + line);
        assertThat(failure.error()).isEqualTo(error);
        assertThat(failure.line()).isEqualTo(row);
        assertThat(failure.column()).isEqualTo(column);
        assertThat(failure.code()).isNull();
    }

    @Test
    void anErrorInAFunctionHasTheFunctionsPlace() {
        ScriptFailure failure = failure("function f() {\n  db.c.insertOne();\n}\nf();");
        assertThat(failure.line()).isEqualTo(2);
        assertThat(failure.error()).contains("Missing required argument at position 0 (Collection.insertOne)");
    }

    @Test
    void eachCallHasItsPlace() {
        run("db.c.insertOne({ _id: 1 });\nfor (const i of [1, 2])\n  db.c.updateOne({ _id: 1 }, { $inc: { i } });");
        assertThat(calls).extracting(ShellCall::line).containsExactly(1, 3, 3);
        assertThat(calls).extracting(ShellCall::column).containsExactly(6, 8, 8);
    }

    @Test
    void whatIsNotTheServersAnswerCannotBeCaught() {
        MigrationException lost = new MigrationException.Refused("The lock was lost.", "Start again.");
        ShellHost host = call -> {
            calls.add(call);
            throw lost;
        };
        String text = "for (let i = 0; i < 5; i++) try { db.c.insertOne({}); } catch (e) { db.c.insertOne({}); }";
        assertThatExceptionOfType(MigrationException.Refused.class)
                .isThrownBy(() -> shell().run(script(text), host, Replay.begin(Instant.now()), output -> {}))
                .isSameAs(lost);
        assertThat(calls).hasSize(1);
    }

    @Test
    void aScriptCannotBreakTheShellsSide() {
        run("""
            Object.prototype.toJSON = () => 'gone';
            JSON.stringify = JSON.parse = () => '{}';
            Object.prototype.polluted = 1;
            db.c.insertOne({ _id: 1, list: [1], sub: { a: 'b' } });
            """);
        assertThat(only("c").toJson()).isEqualTo("{\"_id\": 1, \"list\": [1], \"sub\": {\"a\": \"b\"}}");
        run("print(({}).polluted === undefined, JSON.stringify({ a: 1 }));");
        assertThat(printed).containsExactly("true {\"a\":1}");
    }

    @Test
    void aScriptSeesNothingOfTheJvm() {
        run("print(typeof Java, typeof Polyglot, typeof Packages, typeof java, typeof Graal, typeof process,"
                + " typeof load);");
        assertThat(printed).containsExactly("undefined undefined undefined undefined undefined undefined function");
    }

    @Test
    void oneScriptLeavesNothingToTheNext() {
        run("globalThis.mine = 1; db = null; print = null;");
        run("print(typeof mine, db.getName().length > 0);");
        assertThat(printed).containsExactly("undefined true");
    }

    @Test
    void whatIsPrintedIsBounded() {
        run("for (let i = 0; i < 10_100; i++) print(i);\nprint('x'.repeat(30_000));");
        assertThat(printed).hasSize(10_001);
        assertThat(printed.get(10_000)).isEqualTo("... the script prints more than 10000 times; the rest is left out");
        printed.clear();
        run("print('x'.repeat(30_000));");
        assertThat(printed.get(0)).hasSizeLessThan(21_000).endsWith("... (30000 characters)");
    }

    @Test
    void anAnswerOfNothingIsNull() {
        shell().run(
                        script("if (db.c.findOneAndDelete({}) !== null) throw new Error('not null');"),
                        call -> BsonNull.VALUE,
                        Replay.begin(Instant.now()),
                        output -> {});
    }
}
