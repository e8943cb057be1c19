@NullMarked
package io.mhras.migrations.testing.mongodb;

import org.jspecify.annotations.NullMarked;
