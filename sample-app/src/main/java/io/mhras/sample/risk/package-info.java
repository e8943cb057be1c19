/** The MHRAS service: consent, risk predictions, and their review by people. */
@NullMarked
package io.mhras.sample.risk;

import org.jspecify.annotations.NullMarked;
