package io.mhras.migrations.test;

import io.mhras.migrations.jpa.EntitySchema;
import java.util.List;

/** Knows the entities of a Spring context. */
public interface EntitySource {

    /** What Hibernate would make in this database: a schema for each of its persistence units. */
    List<EntitySchema> of(TestDatabase database);
}
