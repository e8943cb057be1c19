package io.mhras.migrations.test.service;

import static org.assertj.core.api.Assertions.assertThat;

import io.mhras.migrations.test.MigratedDatabase;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;

@SpringBootTest
@MigratedDatabase
class PatientsTest {

    @Test
    void aPatientIsKept(@Autowired Patients patients) {
        patients.save(new Patient("Ada"));

        assertThat(patients.findAll()).extracting(Patient::name).contains("Ada");
    }
}
