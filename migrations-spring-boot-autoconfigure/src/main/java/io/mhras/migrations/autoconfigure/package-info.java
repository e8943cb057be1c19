/** Auto-configuration: runs the migrations when a service starts, and gives its operators a view of them. */
@NullMarked
package io.mhras.migrations.autoconfigure;

import org.jspecify.annotations.NullMarked;
