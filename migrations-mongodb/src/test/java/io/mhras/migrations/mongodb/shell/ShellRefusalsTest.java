package io.mhras.migrations.mongodb.shell;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import io.mhras.migrations.MigrationException.InvalidMigration;
import io.mhras.migrations.MigrationScript;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is refused before anything runs: with its place, and with what to write instead. */
class ShellRefusalsTest extends ShellTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
                    use compliance                               | 2:1  | 'use compliance' works at mongosh's prompt only | db = db.getSiblingDB('compliance');
                    show dbs                                     | 2:1  | 'show dbs' works at mongosh's prompt only       | db.getMongo().getDBNames()
                    show collections;                            | 2:1  | 'show collections' works at                     | db.getCollectionNames()
                    exit                                         | 2:1  | 'exit' works at mongosh's prompt only           | throw one
                    help;                                        | 2:1  | 'help' works at mongosh's prompt only           | Take it out.
                    const fs = require('fs');                    | 2:12 | require() is not available in a migration       | load('lib/other.js')
                    import x from './x.js';                      | 2:1  | a migration has no imports                      | load('lib/other.js')
                    const c = connect('mongodb://h/x');          | 2:11 | connect() is not available                      | db.getSiblingDB('other')
                    const m = new Mongo('h');                    | 2:15 | Mongo() is not available                        | db.getSiblingDB('other')
                    if (x) quit(1);                              | 2:8  | quit() is not available                         | throw one
                    const s = db.getMongo().startSession();      | 2:25 | startSession() is not available                 | // migrate:transaction file
                    db.auth('u', 'p');                           | 2:4  | auth() is not available                         | already is connected
                    db.audits.watch([]);                         | 2:11 | watch() is not available                        | reads what is there
                    db.getSiblingDB('x').getCollection(`y`).watch() | 2:41 | watch() is not available                     | reads what is there
                    db.c.mapReduce(f, g);                        | 2:6  | mapReduce() is not available                    | aggregate()
                    print(process.env.HOME);                     | 2:7  | process is not available                        | placeholder
                    print(process?.env);                         | 2:7  | process is not available                        | placeholder
                    const b = Buffer.from('x', 'base64');        | 2:11 | Buffer is not available                         | BinData(0, 'base64')
                    module.exports = { up() {}, down() {} };     | 2:1  | module is not available                         | .down.js
                    exports.up = async (db) => {};               | 2:1  | exports is not available                        | .down.js
                    rs.status();                                 | 2:1  | rs is not available                             | db.adminCommand({ replSetGetStatus: 1 })
                    const m = rs.conf().members;                 | 2:11 | rs is not available                             | by hand
                    sh.enableSharding('x');                      | 2:1  | sh is not available                             | db.adminCommand({ shardCollection:
                    DBQuery.shellBatchSize = 100;                | 2:1  | DBQuery is not available                        | find().batchSize(500)
                    print(ls());                                 | 2:7  | ls() is not available                           | load()
                    const text = cat('data.json');               | 2:14 | cat() is not available                          | load()
                    print(tojson(db.c.findOne()));               | 2:7  | tojson() is not available                       | EJSON.stringify(value)
                    help();                                      | 2:1  | help() is not available                         | no one at the keyboard
                    const l = NumberLong(9007199254740993);      | 2:11 | NumberLong(9007199254740993): JavaScript reads  | NumberLong('9007199254740993')
                    const l = Long(-9_007_199_254_740_993);      | 2:11 | Long(-9007199254740993): JavaScript reads       | Long('-9007199254740993')
                    db.c.save({ _id: 1 });                       | 2:6  | save() is not available                         | replaceOne({ _id: 1 }, document, { upsert: true })
                    db.c.copyTo('d');                            | 2:6  | copyTo() is not available                       | $out
                    db.c.group({ key: {} });                     | 2:6  | group() is not available                        | $group
                    db.eval('1');                                | 2:4  | eval() is not available                         | in the script itself
                    db.getLastError();                           | 2:4  | getLastError() is not available                 | throws an error
                    db.killOp(1);                                | 2:4  | killOp() is not available                       | by hand
                    db.c.createSearchIndex('s', {});             | 2:6  | createSearchIndex() is not available            | db.runCommand({ createSearchIndexes:
                    setTimeout(() => {}, 5);                     | 2:1  | setTimeout() is not available                   | sleep(milliseconds)
                    load('../secret.js');                        | 2:6  | leads out of the folder                         | own folder
                    load('/etc/passwd');                         | 2:6  | leads out of the folder                         | own folder
                    load('none.js');                             | 2:6  | there is no file db/migration/none.js           | own folder
                    """)
    void whatBelongsToThePromptIsRefused(String line, String place, String problem, String remedy) {
        InvalidMigration refusal = refusal("db.c.insertOne({});\n" + line);
        assertThat(refusal.problem())
                .startsWith("db/migration/001_test.js:" + place + ": ")
                .contains(problem);
        assertThat(refusal.remedy()).contains(remedy);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "// use compliance",
                "/*\nuse compliance\n*/",
                "print('use compliance');",
                "const text = `\nuse compliance\nshow dbs\n${`quit()` + 1}\n`;",
                "const use = 1, show = 2;\nprint(use, show);",
                "function connect(a) { return a; }\nprint(connect(1));",
                "const quit = () => 1;\nquit();",
                "class Door { exit() { return 1; }\n  watch() {} }\nnew Door().watch();",
                "const o = { auth() {} };\no.auth();",
                "const re = /require(x)/;",
                "const half = 4 / 2; const re = a => /'/.test(a);\nprint(half)",
                "db.c.find({ use: 1 }).toArray();",
                "const l = [NumberLong(9007199254740991), NumberLong('9007199254740993'), NumberLong(2 ** 3)];",
                "if (typeof process !== 'undefined') print(process.env.HOME);",
                "const home = typeof process === 'undefined' ? '' : process['env'].HOME;",
                "if (typeof require === 'function') require('fs');",
                "if (typeof module !== 'undefined' && module.exports) module.exports = 1;",
                "db.c.find().forEach(rs => print(rs.name));",
                "db.c.find().forEach(function (sh) { print(sh.name); });",
                "const [module] = [{}]; module.exports = 1;",
                "db.group.find(); db.eval.find(); db.c.find({ save: 1, process: 2 });",
                "use('other');\ndb.c.find();"
            })
    void whatOnlyLooksLikeItIsNot(String text) {
        assertThatCode(() -> shell().validate(script(text))).doesNotThrowAnyException();
    }

    @Test
    void aSyntaxErrorIsShown() {
        assertThat(refusal("db.c.insertOne({});\nlet a = ;\n")).hasMessage("""
            db/migration/001_test.js:2:9: this is no JavaScript: Expected an operand but found ;

                 1 | db.c.insertOne({});
                 2 | let a = ;
                   |         ^

            What to do: Correct the script. Nothing has run.\
            """);
    }

    @Test
    void theCaretStandsBelowItsSignBehindTabsToo() {
        assertThat(refusal("\t\tlet a = ;").problem()).endsWith("     1 |   let a = ;\n       |           ^");
    }

    @Test
    void aNameThatIsDeclaredTwiceIsASyntaxError() {
        assertThat(refusal("const a = 1;\nconst a = 2;").problem())
                .contains("001_test.js:2:7")
                .contains("Variable \"a\" has already been declared");
    }

    @Test
    void whatIsLoadedIsCheckedToo(@TempDir Path folder) throws IOException {
        Path main = Files.writeString(folder.resolve("001_a.js"), "load('lib/b.js');");
        Files.createDirectory(folder.resolve("lib"));
        Path loaded = Files.writeString(folder.resolve("lib/b.js"), "\n  quit();");
        MigrationScript script = MigrationScript.ofText("001_a.js", "filesystem:" + main, Files.readString(main));
        InvalidMigration refusal =
                Assertions.catchThrowableOfType(InvalidMigration.class, () -> shell().validate(script));
        assertThat(refusal.problem()).startsWith("filesystem:" + loaded + ":2:3: quit() is not available");
    }

    @Test
    void whatCannotBeSeenInTheTextIsRefusedWhileItRuns() {
        ScriptFailure failure = failure("db.c.insertOne({ _id: 1 });\nconst d = db.getMongo();\nd['startSession']();");
        assertThat(failure.error())
                .isEqualTo("MongoshUnimplementedError: startSession() is not available in a migration. Write //"
                        + " migrate:transaction file at the top of the file: then all of it is one transaction.");
        assertThat(failure.line()).isEqualTo(3);
        assertThat(failure("globalThis['conne' + 'ct']('x');").error())
                .contains("connect() is not available in a migration");
        assertThat(failure("const c = db.c;\nc.save({});").error())
                .contains("db.collection.save() is not available in a migration. Use insertOne()");
        assertThat(failure("const f = '../x.js'; load(f);").error()).contains("leads out of the folder");
    }

    @Test
    void theFunctionUseChangesTheDatabase() {
        run("""
            print(use('other'));
            print(db.getName());
            use(`%s`);
            db.c.insertOne({ _id: 1 });
            if (typeof process !== 'undefined') process.exit(1);
            if (typeof require === 'function') require('fs');
            """.formatted(database.getName()));
        assertThat(printed).containsExactly("switched to db other", "other");
        assertThat(only("c").toJson()).isEqualTo("{\"_id\": 1}");
    }

    private static InvalidMigration refusal(String text) {
        InvalidMigration refusal =
                Assertions.catchThrowableOfType(InvalidMigration.class, () -> shell().validate(script(text)));
        assertThat(refusal).isNotNull();
        return refusal;
    }
}
