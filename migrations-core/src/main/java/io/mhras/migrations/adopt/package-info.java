/** Other tools' histories: how each tool keeps what it has applied, and which files here stand for it. */
@NullMarked
package io.mhras.migrations.adopt;

import org.jspecify.annotations.NullMarked;
