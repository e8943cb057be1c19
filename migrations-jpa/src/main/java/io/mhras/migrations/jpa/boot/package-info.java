/** Reads the entities of a Spring Boot application that is packaged and not running. */
@NullMarked
package io.mhras.migrations.jpa.boot;

import org.jspecify.annotations.NullMarked;
