/** Entities as Hibernate knows them, on the class path of the service that has them. */
@NullMarked
package io.mhras.migrations.jpa;

import org.jspecify.annotations.NullMarked;
