package io.mhras.migrations.test.service;

import static org.assertj.core.api.Assertions.assertThat;

import io.mhras.migrations.test.MigratedDatabase;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.data.jpa.test.autoconfigure.DataJpaTest;

@DataJpaTest
@MigratedDatabase
final class JpaSliceTest {

    @Test
    void theSliceHasTheMigratedDatabase(@Autowired Patients patients) {
        Patient saved = patients.saveAndFlush(new Patient("Ada"));

        assertThat(saved.id()).isNotNull();
        assertThat(patients.findAll()).extracting(Patient::name).containsExactly("the first", "Ada");
    }
}
