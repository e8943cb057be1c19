package io.mhras.migrations.test.units.clinic;

import jakarta.persistence.Entity;
import jakarta.persistence.Id;

@Entity
@SuppressWarnings({"NullAway.Init", "UnusedVariable"}) // Hibernate sets and reads them.
class Bed {

    @Id
    private Integer number;

    private String ward;
}
