package io.mhras.migrations.mongodb.preview;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import io.mhras.migrations.MigrationException.InvalidMigration;
import io.mhras.migrations.MigrationPreview;
import io.mhras.migrations.MigrationPrinter;
import io.mhras.migrations.ScriptPreview;
import io.mhras.migrations.ScriptPreview.State;
import io.mhras.migrations.ScriptPreview.Statement;
import io.mhras.migrations.ScriptStop;
import io.mhras.migrations.Target;
import io.mhras.migrations.engine.Migrator;
import io.mhras.migrations.mongodb.MongoSettings;
import io.mhras.migrations.mongodb.MongoSettings.Limits;
import io.mhras.migrations.mongodb.MongoTest;
import io.mhras.migrations.mongodb.journal.CutOffTest;
import io.mhras.migrations.testing.Files;
import io.mhras.migrations.testing.mongodb.MongoProxy;
import io.mhras.migrations.testing.mongodb.MongoProxy.Moment;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.bson.Document;
import org.junit.jupiter.api.Test;

/** What a dry run of scripts shows, and that it does nothing. */
class ScriptPreviewerTest extends MongoTest {

    private MigrationPreview preview(Migrator migrator) {
        return migrator.preview(migrator.plan(Target.HEAD));
    }

    private MigrationPreview preview(Files files) {
        return preview(migrator(files));
    }

    private ScriptPreview preview(String script) {
        return preview(new Files().with("001_script.js", script)).scripts().get(0);
    }

    private static List<String> texts(ScriptPreview script) {
        return script.statements().stream().map(Statement::text).toList();
    }

    private static List<State> states(ScriptPreview script) {
        return script.statements().stream().map(Statement::state).toList();
    }

    private static ScriptStop stop(ScriptPreview script) {
        return Objects.requireNonNull(script.stop(), "It comes to its end");
    }

    private void seed(String collection, int documents) {
        for (int i = 1; i <= documents; i++) {
            mongo.database().getCollection(collection).insertOne(new Document("_id", i).append("n", i));
        }
    }

    private String catalogue() {
        return mongo.database().listCollections().into(new ArrayList<>()).toString();
    }

    private List<String> collectionNames() {
        return mongo.database().listCollectionNames().into(new ArrayList<>());
    }

    @Test
    void eachStatementIsShownAndNothingIsDone() {
        seed("visits", 3);
        String before = mongo.database().getCollection("visits").find().into(new ArrayList<>()) + "";

        MigrationPreview preview = preview(new Files().with("001_audits.js", """
                db.createCollection('audits', { validator: { $jsonSchema: { required: ['title'] } } });
                db.audits.createIndex({ title: 1 }, { unique: true });
                db.audits.insertOne({ title: 'first' });
                db.audits.insertMany([{ title: 'a' }, { title: 'b' }]);

                db.visits.updateMany({ n: { $gt: 1 } }, { $set: { seen: false } });
                db.visits.deleteOne({ _id: 1 });
                db.getSiblingDB('archive').visits.renameCollection('old_visits');
                db.old.drop();
                db.visits.validate({ repair: true });
                """));

        assertThat(MigrationPrinter.statements(preview)).isEqualTo("""
                mongodb: 1 to do
                  apply 001 audits (001_audits.js): 9 statements
                        1  db.createCollection('audits', { validator: { $jsonSchema: { required: ['title'] } } })
                        2  db.audits.createIndex({ title: 1 }, { unique: true })
                        3  db.audits.insertOne({ title: ? })
                        4  db.audits.insertMany([{ title: ? }, { title: ? }])  -- 2 documents
                        6  db.visits.updateMany({ n: { $gt: ? } }, { $set: { seen: false } })
                        7  db.visits.deleteOne({ _id: ? })
                        8  db.getSiblingDB('archive').visits.renameCollection('old_visits')
                        9  db.old.drop()
                       10  db.runCommand({ validate: 'visits', repair: true })
                """);
        assertThat(MigrationPrinter.summary(preview))
                .isEqualTo("mongodb: 1 to do\n  apply 001 audits (001_audits.js): 9 statements\n");
        assertThat(collectionNames()).containsExactly("visits");
        assertThat(mongo.database().getCollection("visits").find().into(new ArrayList<>()) + "")
                .isEqualTo(before);
    }

    @Test
    void aScriptGetsTheAnswersOfAServerThatTookAll() {
        seed("visits", 3);

        ScriptPreview script = preview("""
            const one = db.a.insertOne({ _id: 7 });
            assert(one.acknowledged && one.insertedId === 7);
            const many = db.a.insertMany([{ _id: 8 }, {}]);
            assert(many.insertedIds[0] === 8 && many.insertedIds[1] instanceof ObjectId);
            assert(db.visits.updateOne({ _id: 1 }, { $set: { n: 0 } }).acknowledged);
            assert(db.b.updateOne({ _id: 5 }, { $set: { n: 0 } }, { upsert: true }).acknowledged);
            assert(db.c.deleteMany({}).acknowledged);
            assert.equal(db.runCommand({ createIndexes: 'd', indexes: [{ key: { n: 1 }, name: 'n' }] }).ok, 1);
            assert.equal(db.e.createIndex({ n: 1 }), 'n_1');
            assert(db.f.drop());
            assert.equal(db.g.bulkWrite([{ insertOne: { document: { _id: 1 } } }]).insertedCount, 1);
            """);

        assertThat(script.stop()).isNull();
        assertThat(script.doubt()).isNull();
        assertThat(script.count()).isEqualTo(9);
    }

    @Test
    void readsOfWhatNothingChangesAreTrusted() {
        seed("users", 2);
        seed("visits", 1);

        ScriptPreview script = preview("""
                db.visits.createIndex({ n: 1 });
                if (db.visits.countDocuments({}) === 1) {
                  db.audits.insertOne({ visits: db.visits.find().toArray().length });
                }
                db.users.find().forEach((user) => db.users.updateOne({ _id: user._id }, { $set: { n: 0 } }));
                db.version();
                """);

        assertThat(script.doubt()).isNull();
        assertThat(script.count()).isEqualTo(4);
        assertThat(states(script)).containsOnly(State.PENDING);
    }

    @Test
    void fromTheFirstReadOfAnUnwrittenChangeOnAllIsInDoubt() {
        seed("visits", 1);

        ScriptPreview script = preview("""
                db.audits.insertOne({ n: 1 });
                db.visits.deleteMany({});
                const left = db.visits.countDocuments({});
                if (left > 0) {
                  db.visits.drop();
                }
                db.audits.insertOne({ n: 2 });
                """);

        assertThat(states(script)).containsExactly(State.PENDING, State.PENDING, State.UNCERTAIN, State.UNCERTAIN);
        assertThat(script.doubt())
                .isEqualTo("From here on what is shown depends on data that is not written yet: line 3 reads "
                        + mongo.databaseName() + ".visits, which line 2 of 001_script.js changes.");
    }

    @Test
    void whatAPipelineJoinsAndWhatTheCatalogueSaysCount() {
        assertThat(preview("db.a.insertOne({});\n"
                                + "db.b.aggregate([{ $lookup: { from: 'a', as: 'x', pipeline: [] } }]).toArray();")
                        .doubt())
                .contains("line 2 reads " + mongo.databaseName() + ".b, which line 1 of 001_script.js changes");
        assertThat(preview("db.createCollection('a');\ndb.getCollectionNames();")
                        .doubt())
                .contains("line 2 reads " + mongo.databaseName() + ", which line 1");
        assertThat(preview("db.createCollection('a');\ndb.b.exists();\ndb.a.find().toArray();")
                        .doubt())
                .isNull();
        assertThat(preview("db.b.aggregate([{ $out: 'a' }]);\ndb.a.findOne();").doubt())
                .contains("which line 1 of 001_script.js changes");
        assertThat(preview("db.dropDatabase();\ndb.a.findOne();").doubt()).contains("which line 1");
    }

    @Test
    void aCountThatIsAGuessIsADoubtForWhoLooksAtIt() {
        String update = "db.a.insertOne({ _id: 1 });\nconst r = db.a.updateOne({ _id: 1 }, { $set: { n: 1 } });\n";

        assertThat(preview(update + "db.b.insertOne({});").doubt()).isNull();
        assertThat(preview(update + "if (r.matchedCount === 1) db.b.insertOne({});")
                        .doubt())
                .endsWith("line 3 looks at a count that is a guess.");
        assertThat(preview("db.a.insertOne({});\ndb.a.findOneAndDelete({});\ndb.b.insertOne({});")
                        .doubt())
                .endsWith("line 2 asks for a document that is not written yet.");
        seed("c", 1);
        assertThat(preview("if (db.c.findOneAndUpdate({ _id: 1 }, { $set: { n: 2 } }).n === 1) db.b.insertOne({});"))
                .satisfies(script -> assertThat(script.doubt()).isNull())
                .satisfies(script -> assertThat(script.count()).isEqualTo(2));
    }

    @Test
    void aScriptSeesWhatTheOnesBeforeItWouldHaveChanged() {
        Files files = new Files()
                .with("001_a.js", "db.a.insertOne({});")
                .with("002_b.js", "db.b.insertOne({ all: db.a.countDocuments({}) });")
                .with("003_c.js", "db.c.insertOne({});\ndb.d.findOne();\ndb.e.insertOne({});");

        List<ScriptPreview> scripts = preview(files).scripts();

        assertThat(scripts.get(0).doubt()).isNull();
        assertThat(scripts.get(1).doubt()).contains("line 1 reads", "which line 1 of 001_a.js changes.");
        assertThat(states(scripts.get(2))).containsExactly(State.PENDING, State.UNCERTAIN);
        assertThat(scripts.get(2).doubt())
                .contains("line 2 reads", "which what follows line 1 of 002_b.js may change.");
    }

    @Test
    void aFailureThatIsSureEndsThePreviewAndSaysWhere() {
        Files files = new Files()
                .with("001_a.js", "db.a.insertOne({});\nthrow new Error('no consent');\n")
                .with("002_b.js", "db.b.insertOne({});");

        MigrationPreview preview = preview(files);

        assertThat(preview.isSureToFail()).isTrue();
        assertThat(MigrationPrinter.summary(preview)).isEqualTo("""
                mongodb: 2 to do
                  apply 001 a (001_a.js): 1 statement
                           Stops in line 2: Error: no consent.
                  apply 002 b (002_b.js): not reached
                """);
    }

    @Test
    void aFailureBehindADoubtMayBeDueToTheDryRun() {
        Files files = new Files()
                .with("001_a.js", "db.a.insertOne({ _id: 1, n: { m: 1 } });\nprint(db.a.findOne().n.m);\n")
                .with("002_b.js", "db.b.insertOne({});");

        MigrationPreview preview = preview(files);

        assertThat(preview.isSureToFail()).isFalse();
        assertThat(stop(preview.scripts().get(0)).isSure()).isFalse();
        assertThat(MigrationPrinter.statements(preview))
                .contains("From here on what is shown depends on data that is not written yet: line 2 reads")
                .contains("Stops in line 2: TypeError: ")
                .contains("That may be due to the dry run: see the line above.")
                .contains("apply 002 b (002_b.js): 1 statement\n");
    }

    @Test
    void aCollectionThatIsThereOtherwiseIsRefusedAndMayBeCaught() {
        mongo.database().createCollection("audits");
        String create = "db.createCollection('audits', { capped: true, size: 4096 });";

        ScriptStop stop = stop(preview(create));

        assertThat(stop.isSure()).isTrue();
        assertThat(stop.reason()).contains("Collection " + mongo.databaseName() + ".audits already exists. (code 48)");
        assertThat(stop.location().line()).isEqualTo(1);
        ScriptPreview caught =
                preview("try { " + create + " } catch (e) { if (e.code !== 48) throw e; }\ndb.b.insertOne({});");
        assertThat(texts(caught)).containsExactly("db.b.insertOne({})");
        assertThat(preview("db.createCollection('audits');").stop())
                .as(catalogue())
                .isNull();
        assertThat(preview("db.dropDatabase();\n" + create).stop()).isNull();
        assertThat(preview("db.audits.drop();\n" + create).stop()).isNull();
        Document log = new Document("create", "log").append("capped", true).append("size", 4096);
        mongo.database().runCommand(log.append("max", 10).append("collation", new Document("locale", "en")));
        String again =
                "db.createCollection('log', { capped: true, size: NumberLong(4096), max: 10, collation: { locale: 'en'"
                        + " } });";
        assertThat(preview(again).stop()).as(catalogue()).isNull();
        assertThat(stop(preview(again.replace("10", "11"))).isSure()).isTrue();
    }

    @Test
    void checksRunBehindTheirScript() {
        Files files = new Files()
                .with("001_a.js", "db.a.createIndex({ n: 1 });")
                .with("001_a.verify.js", "db.version() === 'none'");

        assertThat(MigrationPrinter.statements(preview(files))).endsWith("""
                  check 001_a.verify.js: 0 statements
                           Stops: it ends in false.
                """);
        assertThat(preview(files.with("001_a.verify.js", "db.a.getIndexes().length === 2"))
                        .scripts()
                        .get(1))
                .satisfies(check -> assertThat(check.doubt()).contains("line 1 reads"))
                .satisfies(check -> assertThat(stop(check).isSure()).isFalse());
        assertThat(stop(preview(files.with("001_a.verify.js", "db.a.drop();"))
                                .scripts()
                                .get(1))
                        .reason())
                .isEqualTo("a check only looks; drop changes something.");
    }

    @Test
    void valuesThatCanBeAnybodysAreNotShownNorArePasswords() {
        ScriptPreview script = preview("""
                db.users.insertOne({ name: 'Ada', born: ISODate('1815-12-10'), tags: ['x', 1], active: true, none: null });
                db.users.updateOne({ name: 'Ada' }, [{ $set: { age: 36 } }], { upsert: true });
                db.createUser({ user: 'app', pwd: 's3cret', roles: ['read'] });
                db.runCommand({ insert: 'users', documents: [{ password: 's3cret', name: 'Bob' }] });
                db.users.aggregate([{ $match: { name: 'Ada' } }, { $out: 'adas' }]);
                """);

        assertThat(texts(script))
                .containsExactly(
                        "db.users.insertOne({ name: ?, born: ?, tags: [?, ?], active: true, none: null })",
                        "db.users.updateOne({ name: ? }, [{ $set: { age: ? } }], { upsert: true })",
                        "db.createUser({ user: 'app', pwd: '***', roles: ['read'] })",
                        "db.runCommand({ insert: 'users', documents: [{ password: '***', name: ? }] })",
                        "db.users.aggregate([{ $match: { name: ? } }, { $out: 'adas' }])");
    }

    @Test
    void longStatementsAreShortenedAndLoopsCounted() {
        ScriptPreview script = preview("""
                db.a.insertMany(Array.from({ length: 1000 }, (_, n) => ({ n, text: 'x' })));
                for (let i = 0; i < 5000; i++) db.b.insertOne({ i });
                db.c.insertOne(Object.fromEntries(Array.from({ length: 90 }, (_, n) => ['field' + n, { a: { b: n } }])));
                db.createCollection('d', { validator: { $jsonSchema: { properties: {
                  one: { bsonType: 'string', description: 'long enough for a line of its own, and longer than that' },
                  two: { bsonType: 'string', description: 'long enough for a line of its own, and longer than that' },
                } } } });
                """);

        assertThat(script.count()).isEqualTo(5003);
        assertThat(script.statements())
                .hasSize(13)
                .allSatisfy(statement -> assertThat(statement.text().length()).isLessThan(165));
        assertThat(script.statements().get(0).text())
                .isEqualTo(
                        "db.a.insertMany([{ n: ?, text: ? }, { n: ?, text: ? }, { n: ?, text: ? }, { n: ?, text: ? },"
                                + " ... 996 more])");
        assertThat(script.statements().get(0).note()).isEqualTo("1,000 documents");
        assertThat(script.statements().get(10).note()).isEqualTo("and 4,990 more from line 2");
        assertThat(script.statements().get(11).text()).endsWith("...");
        assertThat(script.statements().get(12).text()).contains("'d', { validator: { $jsonSchema: ");
    }

    @Test
    void howManyMoreOfALineThereAreCountsFromWhatIsShownOfIt() {
        ScriptPreview script = preview(
                "db.a.drop();".concat("\ndb.a.drop();".repeat(994)) + "\nfor (let i = 0; i < 8; i++) db.b.drop();");

        assertThat(script.count()).isEqualTo(1003);
        assertThat(script.statements()).hasSize(ScriptPreview.MOST_SHOWN);
        assertThat(script.statements().get(999).note()).isEqualTo("and 3 more from line 996");
        assertThat(preview("for (let i = 0; i < 10; i++) db.b.drop();").statements())
                .allSatisfy(statement -> assertThat(statement.note()).isNull());
    }

    @Test
    void theLimitsHold() {
        Files files = new Files().with("001_a.js", "db.a.insertOne({});\nfor (;;) {}");
        MongoSettings shortTime = MongoSettings.DEFAULT.with(new Limits(Duration.ofSeconds(2), 0, 512L << 20));

        ScriptStop stop = stop(
                preview(migrator(mongo.client(), shortTime, files)).scripts().get(0));

        assertThat(stop.reason()).contains("it computed for more than 2000 ms");
        assertThat(stop.isSure()).isTrue();
        Files waits = new Files().with("001_a.js", "db.a.insertOne({});\nwhile (!db.a.findOne()) sleep(500);");
        ScriptStop waited = stop(
                preview(migrator(mongo.client(), shortTime, waits)).scripts().get(0));
        assertThat(waited.reason())
                .containsAnyOf("The dry run of a script ends after 2000 ms", "it computed for more than 2000 ms");
        assertThat(waited.isSure()).isFalse();
    }

    @Test
    void aSyntaxErrorIsKnownBeforeAnythingRuns() {
        assertThatThrownBy(() -> preview("db.a.insertOne({);"))
                .isInstanceOf(InvalidMigration.class)
                .hasMessageContaining("this is no JavaScript");
    }

    @Test
    void ofATransactionWhatTheServerRefusesIsSaid() {
        mongo.database().createCollection("old");
        String header = "// migrate:transaction file\n";

        assertThat(stop(preview(header + "db.old.drop();")).reason()).isEqualTo("drop cannot run in a transaction.");
        assertThat(stop(preview(header + "db.old.createIndex({ n: 1 });")).reason())
                .contains("an index on a collection that is there already");
        assertThat(preview(header + "db.createCollection('a');\ndb.a.createIndex({ n: 1 });\ndb.a.insertOne({});")
                        .stop())
                .isNull();
        assertThat(collectionNames()).containsExactly("old");
    }

    @Test
    void ofAStoppedScriptWhatIsDoneIsShownAndWhereItGoesOn() {
        String begin = "const id = ObjectId();\ndb.a.insertOne({ _id: id });\n";
        failure(begin + "db.a.countDocuments({});\nthrow new Error('stop');\n");
        Migrator migrator =
                migrator(new Files().with("001_script.js", begin + "db.a.updateOne({ _id: id }, { $set: { n: 1 } });"));
        List<String> history = events(migrator);

        MigrationPreview preview = preview(migrator);

        ScriptPreview script = preview.scripts().get(0);
        assertThat(states(script)).containsExactly(State.DONE, State.PENDING);
        assertThat(MigrationPrinter.statements(preview)).contains("db.a.insertOne({})  -- done already\n");
        assertThat(script.doubt()).isNull();
        assertThat(events(migrator)).isEqualTo(history);
        assertThat(stop(preview("db.other.insertOne({});")).reason())
                .startsWith("this statement has run already, in an earlier run that stopped after statement 1, and was"
                        + " changed since.");
        migrator.migrate(Target.HEAD);
        assertThat(mongo.database().getCollection("a").find().first()).containsEntry("n", 1);
    }

    @Test
    void aStatementThatWasCutOffIsInDoubt() throws Exception {
        Files files = new Files().with("001_script.js", "db.a.insertOne({ _id: 1 });\ndb.b.insertOne({ _id: 2 });\n");
        try (MongoProxy proxy = MongoProxy.to(mongo.url());
                MongoClient client = MongoClients.create(proxy.url())) {
            CutOffTest.awaitConnection(client);
            proxy.endAt(Moment.BEFORE_THE_ANSWER, message -> message.matches("(?s).*\\x02insert\\x00....b\\x00.*"));
            failure(migrator(client, MongoSettings.DEFAULT, files));
            assertThat(proxy.isCut()).isTrue();
        }

        MigrationPreview preview = preview(files);

        assertThat(states(preview.scripts().get(0))).containsExactly(State.DONE, State.IN_DOUBT);
        assertThat(MigrationPrinter.statements(preview))
                .contains("2  db.b.insertOne({ _id: ? })  -- in doubt: it is looked up whether it was done\n");
        assertThat(count("b")).isEqualTo(1);

        letTheLeaseRunOut();
        String changed = "db.a.insertOne({ _id: 1 });\ndb.b.insertOne({ _id: 3 });\n";
        assertThat(stop(preview(changed))).satisfies(stop -> {
            assertThat(stop.isSure()).isTrue();
            assertThat(stop.location().line()).isEqualTo(2);
            assertThat(stop.reason())
                    .isEqualTo("this statement may have run already, in an earlier run that stopped after statement 1,"
                            + " and was changed since.");
        });
        assertThat(failure(changed)).hasMessageContaining("may have run already", "was changed since");
        String gone = "db.a.insertOne({ _id: 1 });\n";
        assertThat(stop(preview(gone)).reason())
                .isEqualTo(
                        "an earlier run of this script stopped in the middle of statement 2, but now it ends after 1:"
                                + " insertOne " + mongo.databaseName() + ".b, which was in line 2, is gone.");
        assertThat(failure(gone)).hasMessageContaining("but now it ends after 1: insertOne");
    }

    @Test
    void whatAStoppedScriptHasDoneMustStayInIt() {
        failure("db.a.insertOne({ _id: 1 });\ndb.b.insertOne({ _id: 2 });\nthrow new Error('stop');\n");
        String gone = "db.a.insertOne({ _id: 1 });\n";

        ScriptStop stop = stop(preview(gone));

        assertThat(stop.isSure()).isTrue();
        assertThat(stop.reason()).contains("now it ends after 1", ".b, which was in line 2, is gone.");
        assertThat(failure(gone)).hasMessageContaining("but now it ends after 1");
    }

    @Test
    void aStatementThatTheServerRefusedInPartIsInDoubt() {
        mongo.database().getCollection("a").insertOne(new Document("_id", 1).append("n", 1));
        mongo.database().getCollection("a").insertOne(new Document("_id", 2).append("n", "text"));
        String update = "db.a.updateMany({}, { $inc: { n: 1 } });\n";
        failure(update);

        assertThat(states(preview(update))).containsExactly(State.IN_DOUBT);
        assertThat(failure(update)).hasMessageContaining("Then run 'repair'");

        String changed = update.replace("n: 1", "n: 2");
        assertThat(stop(preview(changed)))
                .satisfies(stop -> assertThat(stop.reason())
                        .isEqualTo(
                                "this statement may have run already, in an earlier run that stopped after statement 0, and was"
                                        + " changed since."))
                .satisfies(stop -> assertThat(stop.isSure()).isTrue());
        assertThat(failure(changed)).hasMessageContaining("may have run already");
    }

    @Test
    void aRollbackIsShownToo() {
        Files files = new Files().with("001_a.js", "db.a.insertOne({});").with("001_a.down.js", "db.a.drop();");
        Migrator migrator = migrator(files);
        migrator.migrate(Target.HEAD);

        assertThat(MigrationPrinter.statements(migrator.preview(migrator.planRollback(Target.parse("-1")))))
                .contains("(001_a.down.js): 1 statement\n        1  db.a.drop()\n");
        assertThat(count("a")).isEqualTo(1);
    }
}
