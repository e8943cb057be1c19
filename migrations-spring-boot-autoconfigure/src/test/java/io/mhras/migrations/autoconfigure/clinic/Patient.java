package io.mhras.migrations.autoconfigure.clinic;

import jakarta.persistence.Entity;
import jakarta.persistence.Id;

/** A row of a table that the migrations make. */
@Entity
public class Patient {

    @Id
    private long id;

    private String name = "";

    private boolean consent;

    /** For Hibernate. */
    protected Patient() {}

    /** A patient who consents. */
    public Patient(long id, String name) {
        this.id = id;
        this.name = name;
        this.consent = true;
    }

    /** Who it is. */
    public String name() {
        return name + id + consent;
    }
}
