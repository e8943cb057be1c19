package io.mhras.migrations.cli;

import io.mhras.migrations.cli.options.CommonOptions;
import io.mhras.migrations.cli.terminal.ExitCode;

/** A verb that works with databases and migration files. */
interface DatabaseVerb {

    CommonOptions options();

    /** Does it, once the options are read. */
    ExitCode run(Invocation call);
}
