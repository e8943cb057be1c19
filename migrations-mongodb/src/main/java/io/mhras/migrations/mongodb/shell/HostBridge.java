package io.mhras.migrations.mongodb.shell;

import com.mongodb.MongoException;
import com.mongodb.MongoInterruptedException;
import io.mhras.migrations.MigrationScript;
import io.mhras.migrations.ScriptOutput.Level;
import java.util.function.Consumer;
import org.bson.BSONException;
import org.bson.BsonDocument;
import org.bson.BsonValue;
import org.graalvm.polyglot.Value;
import org.graalvm.polyglot.proxy.ProxyExecutable;
import org.jspecify.annotations.Nullable;

/** The one door between a running script and this side: text goes in, text comes back. */
final class HostBridge implements ProxyExecutable {

    private final MigrationScript script;
    private final OwnCollections own;
    private final ShellHost host;
    private final Replay replay;
    private final Watchdog watch;
    private final PrintedOutput output;
    private final Consumer<MigrationScript> loader;
    private @Nullable RuntimeException stopped;

    HostBridge(
            MigrationScript script,
            OwnCollections own,
            ShellHost host,
            Replay replay,
            Watchdog watch,
            PrintedOutput output,
            Consumer<MigrationScript> loader) {
        this.script = script;
        this.own = own;
        this.host = host;
        this.replay = replay;
        this.watch = watch;
        this.output = output;
        this.loader = loader;
    }

    /** Kind, text, line, column. */
    @Override
    public String execute(Value... arguments) {
        rethrowIfStopped();
        String answer = answer(arguments[0].asString(), arguments[1].asString(), arguments);
        // Checked here: the engine may take the interrupt flag for its own.
        if (Thread.currentThread().isInterrupted() && !watch.hasInterrupted()) {
            throw stop(new MongoInterruptedException("interrupted after a statement", new InterruptedException()));
        }
        return answer;
    }

    private String answer(String kind, String text, Value... arguments) {
        return switch (kind) {
            case "call" -> call(text, arguments[2].asInt(), arguments[3].asInt());
            case "print" -> output.print(Level.PRINTED, text);
            case "warn" -> output.print(Level.WARNING, text);
            case "refused" -> NotInMigrations.AT_RUN_TIME;
            case "guessed" -> guessed(arguments[2].asInt());
            case "unknown" ->
                throw stop(UnknownResult.isUsed(script, text, arguments[2].asInt(), arguments[3].asInt()));
            case "sleep" -> sleep((long) Double.parseDouble(text));
            case "load" -> load(text);
            case "replay" ->
                "{\"state\":" + replay.seed() + ",\"now\":" + replay.startedAt().toEpochMilli() + "}";
            default -> throw new IllegalArgumentException(kind);
        };
    }

    /** What is not the server's answer ends the script: it may not catch that another process took over. */
    private String call(String text, int line, int column) {
        watch.pause();
        try {
            BsonDocument read = ShellTextReader.read(text).asDocument();
            ShellCall call = new ShellCall(
                    read.getString("operation").getValue(),
                    read.getString("namespace").getValue(),
                    read.getDocument("arguments"),
                    line,
                    column);
            own.mustNotBeNamed(call, script);
            BsonValue answer = host.answer(call);
            return answer.equals(UnknownResult.UNKNOWN) ? "?" : "=" + ShellText.of(answer);
        } catch (MongoInterruptedException e) {
            throw stop(e);
        } catch (MongoException e) {
            return "!" + ShellText.of(ShellErrors.of(e));
        } catch (BSONException | IllegalArgumentException e) {
            return "!" + ShellText.of(ShellErrors.of(e));
        } catch (RuntimeException e) {
            throw stop(e);
        } finally {
            watch.resume();
        }
    }

    private String guessed(int line) {
        host.looksAtGuess(line);
        return "";
    }

    private String load(String name) {
        MigrationScript file;
        try {
            file = LoadFolder.of(script).file(name);
        } catch (IllegalArgumentException e) {
            return String.valueOf(e.getMessage());
        }
        loader.accept(file);
        return "";
    }

    private String sleep(long millis) {
        watch.pause();
        try {
            Thread.sleep(millis);
            return "";
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw stop(new MongoInterruptedException("interrupted while the script slept", e));
        } finally {
            watch.resume();
        }
    }

    /** Of its own interrupt the watchdog says why. */
    private RuntimeException stop(RuntimeException cause) {
        if (!(cause instanceof MongoInterruptedException && watch.hasInterrupted())) {
            stopped = cause;
        }
        return cause;
    }

    /** A script can catch anything; it cannot go on. */
    void rethrowIfStopped() {
        if (stopped != null) {
            throw stopped;
        }
    }
}
