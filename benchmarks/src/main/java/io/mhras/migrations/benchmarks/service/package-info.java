/** A Spring Boot service to start. */
@NullMarked
package io.mhras.migrations.benchmarks.service;

import org.jspecify.annotations.NullMarked;
