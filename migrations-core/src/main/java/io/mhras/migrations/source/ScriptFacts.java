package io.mhras.migrations.source;

import io.mhras.migrations.MigrationScript.Options;
import io.mhras.migrations.MigrationVersion;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is found in a script when it is read.
 *
 * @param checksum see {@link io.mhras.migrations.Checksum}
 * @param options how to run it
 * @param requires what its header requires; null if it names nothing
 * @param runsNothing whether it has no statement
 * @param hasPlaceholders whether a placeholder may be in it
 */
record ScriptFacts(
        String checksum,
        Options options,
        @Nullable List<MigrationVersion> requires,
        boolean runsNothing,
        boolean hasPlaceholders) {}
