/** What is looked at before anything runs: how the settings were written, and whether another tool migrates, too. */
@NullMarked
package io.mhras.migrations.autoconfigure.check;

import org.jspecify.annotations.NullMarked;
