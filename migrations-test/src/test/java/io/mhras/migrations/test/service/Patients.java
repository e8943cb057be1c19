package io.mhras.migrations.test.service;

import org.springframework.data.jpa.repository.JpaRepository;

public interface Patients extends JpaRepository<Patient, Long> {}
