package io.mhras.migrations.cli;

import java.io.PrintWriter;
import picocli.CommandLine;

/** A verb that describes the command line itself. */
interface DescribingVerb {

    /** Writes the description of all verbs. */
    void write(CommandLine all, PrintWriter out);
}
