package io.mhras.migrations.cli.options;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Option;

/** Where scratch databases are made, and whether they stay. */
public final class ScratchOptionGroup {

    @ArgGroup
    private @Nullable Where where;

    /** One of them at most. */
    private static final class Where {

        @Option(
                names = "--on",
                paramLabel = "URL",
                required = true,
                description =
                        "Make scratch databases on this PostgreSQL server, where files may do what reaches beyond a"
                                + " database. Default: the server of --url, where they may not.")
        private @Nullable String on;

        @Option(
                names = "--embedded",
                required = true,
                description =
                        "Make them on a server that is started for this, with initdb and postgres from the PATH or --server-dir,"
                                + " and removed afterwards.")
        private boolean embedded;
    }

    @Option(
            names = "--server-dir",
            paramLabel = "FOLDER",
            description = "Where initdb and postgres are, for --embedded: for example /usr/lib/postgresql/18/bin.")
    public @Nullable Path serverDir;

    @Option(
            names = "--into",
            paramLabel = "NAME",
            description = "Make none, but use this empty database; it is empty again afterwards.")
    public @Nullable String into;

    @Option(names = "--keep", description = "Leave the scratch database there, and print its URL.")
    public boolean keep;

    /** The server's address; null if none is given. */
    public @Nullable String on() {
        return where == null ? null : where.on;
    }

    public boolean isEmbedded() {
        return where != null && where.embedded;
    }

    /** @throws InvalidSettingException if they contradict each other */
    public void check() {
        if (serverDir != null && !isEmbedded()) {
            throw new InvalidSettingException("--server-dir is for --embedded.", "Add --embedded, or leave it out.");
        }
        if (into != null && isEmbedded()) {
            throw new InvalidSettingException(
                    "--into names a database, and the server of --embedded has none yet.", "Leave out one of them.");
        }
        if (keep && isEmbedded()) {
            throw new InvalidSettingException(
                    "--keep leaves a database there, and the server of --embedded goes.", "Leave out one of them.");
        }
    }
}
