package io.mhras.migrations.postgresql;

import static org.assertj.core.api.Assertions.assertThat;

import io.mhras.migrations.MigrationListener;
import io.mhras.migrations.MigrationStep;
import io.mhras.migrations.ScriptOutput;
import io.mhras.migrations.Target;
import io.mhras.migrations.testing.Files;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;

/** What a script raises reaches the listeners, as it comes and in that order. */
class ScriptOutputTest extends PostgresTest {

    private static final String SCRIPT = """
            DO $$ BEGIN
                RAISE NOTICE 'first';
                RAISE WARNING 'second' USING HINT = 'look';
                RAISE INFO 'third';
            END $$;
            DROP TABLE IF EXISTS nowhere;
            """;

    private List<String> said(DataSource dataSource, String script) {
        List<String> said = new CopyOnWriteArrayList<>();
        migrator(dataSource, PostgresSettings.DEFAULT, new Files().with("001_a.sql", script))
                .with(new MigrationListener() {
                    @Override
                    public void onOutput(String database, MigrationStep step, ScriptOutput output) {
                        said.add(step.scriptName() + " " + output.level() + " " + output.text());
                    }
                })
                .migrate(Target.HEAD);
        return said;
    }

    @Test
    void inTheOrderInWhichItComes() {
        assertThat(said(database.dataSource(), SCRIPT))
                .containsExactly(
                        "001_a.sql NOTICE first",
                        "001_a.sql WARNING second\nHint: look",
                        "001_a.sql PRINTED third",
                        "001_a.sql NOTICE table \"nowhere\" does not exist, skipping");
    }

    @Test
    void overConnectionsThatHidePgjdbcToo() {
        assertThat(said(withoutPgjdbc(), SCRIPT)).hasSize(4).first().isEqualTo("001_a.sql NOTICE first");
    }

    @Test
    void whatATriggerRaisesDuringCopyToo() {
        assertThat(said(database.dataSource(), """
                CREATE TABLE t (a int);
                CREATE FUNCTION f() RETURNS trigger LANGUAGE plpgsql AS $$
                    BEGIN RAISE NOTICE 'row %', NEW.a; RETURN NEW; END $$;
                CREATE TRIGGER g BEFORE INSERT ON t FOR EACH ROW EXECUTE FUNCTION f();
                COPY t FROM stdin;
                1
                2
                \\.
                """))
                .containsExactly("001_a.sql NOTICE row 1", "001_a.sql NOTICE row 2");
    }

    @Test
    void aListenerThatFailsStopsNothing() {
        migrator(new Files().with("001_a.sql", SCRIPT + "CREATE TABLE t (a int);"))
                .with(new MigrationListener() {
                    @Override
                    public void onOutput(String database, MigrationStep step, ScriptOutput output) {
                        throw new IllegalStateException("no");
                    }
                })
                .migrate(Target.HEAD);

        assertThat(exists("t")).isTrue();
    }
}
