/** A small service, as the tests of users have one. */
@NullMarked
package io.mhras.migrations.test.service;

import org.jspecify.annotations.NullMarked;
