/** Validators and filters: whether they are right, and what of a document they refuse. */
@NullMarked
package io.mhras.migrations.testing.mongodb.validation;

import org.jspecify.annotations.NullMarked;
