package io.mhras.migrations.test.service;

import static org.assertj.core.api.Assertions.assertThat;

import io.mhras.migrations.test.MigratedDatabase;
import io.mhras.migrations.test.MigratedDatabase.Per;
import org.junit.jupiter.api.RepeatedTest;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;

@SpringBootTest
@MigratedDatabase(per = Per.METHOD)
final class EachMethodTest {

    @RepeatedTest(3)
    void findsItAsItWas(@Autowired Patients patients) {
        assertThat(patients.count()).isEqualTo(1);
        patients.save(new Patient("Ada"));
    }
}
