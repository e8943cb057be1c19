package io.mhras.migrations.mongodb.shell;

import io.mhras.migrations.MigrationException;
import io.mhras.migrations.MigrationScript;
import io.mhras.migrations.ScriptOutput;
import io.mhras.migrations.mongodb.MongoSettings.Limits;
import java.util.function.Consumer;
import org.springframework.util.ClassUtils;

/**
 * Runs the scripts that mongosh runs, in this process.
 *
 * <p>A script sees the database and nothing else: no files but those of its folder, no network, no Java. Each gets a
 * JavaScript world of its own. To start takes a second or two: it loads the JavaScript engine. For one thread.
 */
public final class MongoShell implements AutoCloseable {

    private static final String ENGINE = "org.graalvm.polyglot.Engine";
    private static final String LANGUAGE = "com.oracle.truffle.js.lang.JavaScriptLanguage";

    private final ScriptValidator validator;
    private final JavaScriptEngine engine;

    private MongoShell(JavaScriptEngine engine) {
        this.engine = engine;
        this.validator = new ScriptValidator(engine);
    }

    /**
     * Starts the engine.
     *
     * @param own of the database that {@code db} is in a script
     * @throws MigrationException.Refused if the class path has no JavaScript engine
     */
    public static MongoShell start(OwnCollections own, Limits limits) {
        ClassLoader loader = MongoShell.class.getClassLoader();
        if (!ClassUtils.isPresent(ENGINE, loader) || !ClassUtils.isPresent(LANGUAGE, loader)) {
            throw new MigrationException.Refused(
                    "MongoDB's migrations are JavaScript, and the class path has no JavaScript engine.",
                    "Add the dependency org.graalvm.js:js-language, version 25.0.x, to the application.");
        }
        return new MongoShell(new JavaScriptEngine(own, limits));
    }

    /**
     * Looks for all that would stop the script, without running it.
     *
     * @throws MigrationException.InvalidMigration with the place, and what to write instead
     */
    public void validate(MigrationScript script) {
        validator.validate(script);
    }

    /**
     * Runs the script to its end.
     *
     * @param replay of the script's first run
     * @param output takes what the script prints
     * @return whether its last expression is anything but {@code false}
     * @throws ScriptFailure if the script ends in an error
     */
    public boolean run(MigrationScript script, ShellHost host, Replay replay, Consumer<ScriptOutput> output) {
        return engine.run(script, host, replay, new PrintedOutput(output));
    }

    @Override
    public void close() {
        engine.close();
    }
}
