/** The tables of the sample's risk service, as entities. */
@NullMarked
package io.mhras.migrations.test.risk;

import org.jspecify.annotations.NullMarked;
