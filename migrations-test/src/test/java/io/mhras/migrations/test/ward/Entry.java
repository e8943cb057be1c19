package io.mhras.migrations.test.ward;

import jakarta.persistence.Entity;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.util.UUID;

@Entity
@Table(schema = "audit", name = "entries")
@SuppressWarnings({"NullAway.Init", "UnusedVariable"}) // Hibernate sets and reads them.
class Entry {

    @Id
    @GeneratedValue
    private UUID id;

    private String text;
}
