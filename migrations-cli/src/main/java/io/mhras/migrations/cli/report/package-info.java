/** What is answered, as text, JSON, HTML or JUnit's XML. */
@NullMarked
package io.mhras.migrations.cli.report;

import org.jspecify.annotations.NullMarked;
