/** The end-to-end tests: the whole service, on real servers. */
@NullMarked
package io.mhras.sample;

import org.jspecify.annotations.NullMarked;
