/** Breaks runs in every way that happens, and looks whether anything is lost. */
@NullMarked
package io.mhras.migrations.faults;

import org.jspecify.annotations.NullMarked;
