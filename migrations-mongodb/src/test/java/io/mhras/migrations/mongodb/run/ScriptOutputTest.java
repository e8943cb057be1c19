package io.mhras.migrations.mongodb.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.mhras.migrations.MigrationListener;
import io.mhras.migrations.MigrationStep;
import io.mhras.migrations.ScriptOutput;
import io.mhras.migrations.Target;
import io.mhras.migrations.engine.Migrator;
import io.mhras.migrations.mongodb.MongoTest;
import io.mhras.migrations.testing.Files;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What a script prints reaches the listeners, in order and at once. */
class ScriptOutputTest extends MongoTest {

    private final List<String> heard = new ArrayList<>();

    private Migrator heard(Files files) {
        return migrator(files).with(new MigrationListener() {
            @Override
            public void onOutput(String database, MigrationStep step, ScriptOutput output) {
                heard.add(step.version() + " " + output.level() + " " + output.text() + ", " + count("a") + " in a");
            }
        });
    }

    @Test
    void asItComes() {
        Files files = new Files()
                .with(
                        "001_a.js",
                        "print('begin', 1);\ndb.a.insertOne({ _id: 1 });\nprintjson({ a: 1 });\n"
                                + "console.log('log'); console.info('info'); console.warn('careful'); console.error('bad');\n")
                .with("001_a.verify.js", "print('checked'); true");

        heard(files).migrate(Target.HEAD);

        assertThat(heard)
                .containsExactly(
                        "001 PRINTED begin 1, 0 in a",
                        "001 PRINTED {\n  a: 1\n}, 1 in a",
                        "001 PRINTED log, 1 in a",
                        "001 PRINTED info, 1 in a",
                        "001 WARNING careful, 1 in a",
                        "001 WARNING bad, 1 in a",
                        "001 PRINTED checked, 1 in a");
    }

    @Test
    void inATransactionToo() {
        heard(new Files().with("001_a.js", "// migrate:transaction file\ndb.a.insertOne({ _id: 1 });\nprint('in it');"))
                .migrate(Target.HEAD);

        assertThat(heard).singleElement().asString().startsWith("001 PRINTED in it");
    }

    @Test
    void whatADryRunPrintsIsNotHeard() {
        Migrator migrator = heard(new Files().with("001_a.js", "print('done');"));

        migrator.preview(migrator.plan(Target.HEAD));

        assertThat(heard).isEmpty();
    }
}
