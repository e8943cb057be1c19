package io.mhras.migrations.mongodb.shell;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.graalvm.polyglot.Context;
import org.graalvm.polyglot.Source;
import org.graalvm.polyglot.Value;

/** The shell's own scripts: all that makes {@code db} and the rest. */
final class ShellSources {

    /** In the order in which they build on each other. */
    private static final List<Source> SHELL = List.of(
            shell("shell"),
            shell("random"),
            shell("errors"),
            shell("types"),
            shell("numbers"),
            shell("bytes"),
            shell("ids"),
            shell("transport"),
            shell("cursor"),
            shell("bulk"),
            shell("collection"),
            shell("database"),
            shell("inspect"),
            shell("ejson"),
            shell("globals"));

    private ShellSources() {}

    private static Source shell(String name) {
        String file = name + ".js";
        try (InputStream content = ShellSources.class.getResourceAsStream(file)) {
            if (content == null) {
                throw new IllegalStateException("the library lacks its file " + file);
            }
            String text = new String(content.readAllBytes(), StandardCharsets.UTF_8);
            return Source.newBuilder("js", text, "<shell/" + file + ">").buildLiteral();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static boolean contain(Source source) {
        return SHELL.contains(source);
    }

    /** Makes a script's world. */
    static void install(Context context, HostBridge run, String location, String database) {
        Value shell = context.eval(SHELL.get(0)).execute(run, location, database);
        for (Source part : SHELL.subList(1, SHELL.size())) {
            context.eval(part).execute(shell, run);
        }
    }
}
