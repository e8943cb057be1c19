package io.mhras.migrations.cli.options;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Up to where scripts run, and how. */
public final class ChangeOptions {

    @Mixin
    public DryRunOptions dryRun = new DryRunOptions();

    @Option(names = "--target", paramLabel = "TARGET", description = "The same.")
    private @Nullable String target;

    @Option(names = "--force", description = "Do not ask. Checks are made all the same.")
    public boolean force;

    @Option(
            names = "--sql",
            description = "Do not run it: write the SQL for psql, as 'migrations script' does. TARGET may be FROM:TO.")
    public boolean sql;

    /**
     * The target that is given; null if none is.
     *
     * @param position the target as it stands after the verb
     */
    public @Nullable String target(@Nullable String position) {
        return target == null ? position : target;
    }
}
