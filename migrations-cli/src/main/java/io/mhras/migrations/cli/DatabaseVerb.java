package io.mhras.migrations.cli;

import io.mhras.migrations.cli.options.CommonOptions;
import io.mhras.migrations.cli.terminal.ExitCode;
import picocli.CommandLine.Mixin;

/** A verb that works with databases and migration files. */
abstract class DatabaseVerb {

    @Mixin
    CommonOptions options = new CommonOptions();

    /** Does it, once the options are read. */
    abstract ExitCode run(Invocation call);
}
