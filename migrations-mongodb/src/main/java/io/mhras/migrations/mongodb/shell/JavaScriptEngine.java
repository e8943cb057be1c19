package io.mhras.migrations.mongodb.shell;

import io.mhras.migrations.MigrationScript;
import io.mhras.migrations.mongodb.MongoSettings.Limits;
import org.graalvm.polyglot.Context;
import org.graalvm.polyglot.Engine;
import org.graalvm.polyglot.HostAccess;
import org.graalvm.polyglot.PolyglotAccess;
import org.graalvm.polyglot.PolyglotException;
import org.graalvm.polyglot.ResourceLimits;
import org.graalvm.polyglot.Source;
import org.graalvm.polyglot.Value;
import org.graalvm.polyglot.io.IOAccess;

/** GraalJS: one engine, which keeps the parsed code, and a new world for each script. */
final class JavaScriptEngine implements AutoCloseable {

    private static final String SCRIPT = "application/javascript";
    private static final String MODULE = "application/javascript+module";

    private final Engine engine;
    private final OwnCollections own;
    private final Limits limits;

    JavaScriptEngine(OwnCollections own, Limits limits) {
        this.own = own;
        this.limits = limits;
        // A native library that it can do without, and would copy into the home folder, which may be read-only.
        if (System.getProperty("polyglotimpl.AttachLibraryFailureAction") == null) {
            System.setProperty("polyglotimpl.AttachLibraryFailureAction", "ignore");
        }
        engine = Engine.newBuilder("js")
                .option("engine.WarnInterpreterOnly", "false")
                .build();
    }

    /** Parses a script. */
    void parse(String location, String text) {
        try (Context context = context(0)) {
            source(context, location, text);
        }
    }

    /** As it is; or as a module, if only a module can be so: one that awaits at its top. */
    private static Source source(Context context, String location, String text) {
        Source script = source(location, text, SCRIPT);
        try {
            context.parse(script);
            return script;
        } catch (PolyglotException e) {
            if (!e.isSyntaxError() || !text.contains("await")) {
                throw e;
            }
            Source module = source(location, text, MODULE);
            context.parse(module);
            return module;
        }
    }

    private static Source source(String location, String text, String mimeType) {
        return Source.newBuilder("js", text, location).mimeType(mimeType).buildLiteral();
    }

    /** Whether the last expression is anything but {@code false}. */
    boolean run(MigrationScript script, ShellHost host, Replay replay, PrintedOutput output) {
        String text = script.text();
        Context context = context(limits.statements());
        boolean holds;
        try (Watchdog watch = new Watchdog(context, limits)) {
            HostBridge run = new HostBridge(
                    script,
                    own,
                    host,
                    replay,
                    watch,
                    output,
                    file -> context.eval(source(context, file.location(), file.text())));
            try {
                ShellSources.install(context, run, script.location(), own.database());
                watch.resume();
                Value last = context.eval(source(context, script.location(), text));
                holds = !last.isBoolean() || last.asBoolean();
            } catch (PolyglotException e) {
                if (e.isInterrupted()) {
                    Thread.currentThread().interrupt();
                }
                run.rethrowIfStopped();
                throw EngineErrors.of(e, script.location(), watch);
            }
            run.rethrowIfStopped();
            return holds;
        } finally {
            context.close(true);
        }
    }

    private Context context(long statements) {
        Context.Builder builder = Context.newBuilder("js")
                .engine(engine)
                .allowHostAccess(HostAccess.NONE)
                .allowPolyglotAccess(PolyglotAccess.NONE)
                .allowIO(IOAccess.NONE)
                .option("js.load", "false")
                .option("js.print", "false")
                .option("js.console", "false")
                .allowExperimentalOptions(true)
                .option("js.graal-builtin", "false")
                // Places are found in the stack, below the shell's own frames.
                .option("js.stack-trace-limit", "100")
                // An async function's error would be lost: nothing awaits it.
                .option("js.unhandled-rejections", "throw");
        if (statements > 0) {
            builder.resourceLimits(ResourceLimits.newBuilder()
                    .statementLimit(statements, source -> !ShellSources.contain(source))
                    .build());
        }
        return builder.build();
    }

    @Override
    public void close() {
        engine.close(true);
    }
}
