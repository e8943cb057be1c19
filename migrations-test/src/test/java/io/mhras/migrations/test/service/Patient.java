package io.mhras.migrations.test.service;

import jakarta.persistence.Entity;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import org.jspecify.annotations.Nullable;

@Entity
@Table(name = "patients")
public class Patient {

    @Id
    @GeneratedValue(strategy = GenerationType.IDENTITY)
    private @Nullable Long id;

    private String name = "";

    protected Patient() {}

    public Patient(String name) {
        this.name = name;
    }

    public @Nullable Long id() {
        return id;
    }

    public String name() {
        return name;
    }
}
