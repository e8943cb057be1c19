/** The collections, views and indexes of a MongoDB database as facts. */
@NullMarked
package io.mhras.migrations.schema.mongodb;

import org.jspecify.annotations.NullMarked;
