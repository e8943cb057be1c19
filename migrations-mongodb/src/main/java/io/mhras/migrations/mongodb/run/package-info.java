/** Takes the steps of a plan, statement by statement or in a transaction. */
@NullMarked
package io.mhras.migrations.mongodb.run;

import org.jspecify.annotations.NullMarked;
