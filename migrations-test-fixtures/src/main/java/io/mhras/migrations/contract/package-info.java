/** What every driver has to do, as tests. */
@NullMarked
package io.mhras.migrations.contract;

import org.jspecify.annotations.NullMarked;
