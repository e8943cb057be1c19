package io.mhras.migrations.test.ward;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.Id;
import jakarta.persistence.SequenceGenerator;

/** One table for all kinds of them. */
@Entity
@SuppressWarnings({"NullAway.Init", "UnusedVariable"}) // Hibernate sets and reads them.
class Doctor {

    @Id
    @GeneratedValue(generator = "ids")
    @SequenceGenerator(name = "ids", sequenceName = "doctor_ids", allocationSize = 20)
    private Integer id;

    private String name;

    @Entity
    @SuppressWarnings("UnusedVariable")
    static class Surgeon extends Doctor {

        @Column(nullable = false)
        private int grade;
    }
}
