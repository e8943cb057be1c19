package io.mhras.migrations.cli.options;

import picocli.CommandLine.Option;

/** Whether a planned change is only shown. */
public final class DryRunOptions {

    @Option(
            names = {"-n", "--dry-run"},
            description =
                    "Only show what would be done; apply and rollback show each statement with --verbose. Writes nothing at"
                            + " all, and takes no lock.")
    public boolean dryRun;
}
