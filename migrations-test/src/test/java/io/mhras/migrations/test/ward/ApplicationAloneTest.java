package io.mhras.migrations.test.ward;

import static org.assertj.core.api.Assertions.assertThat;

import io.mhras.migrations.jpa.boot.EntitiesOfApplication;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** As it would run in a packaged application: without a test, and without a database. */
class ApplicationAloneTest {

    @TempDir
    @SuppressWarnings("NullAway.Init") // JUnit sets it.
    Path folder;

    @Test
    void theEntitiesOfAnApplicationAreReadWithoutAConnection() throws Exception {
        Path file = folder.resolve("entities.sql");

        EntitiesOfApplication.main(new String[] {Ward.class.getName(), file.toString(), "17"});

        assertThat(Files.readString(file))
                .contains("-- 6 entities of 1 package, Hibernate 7.4.5\ncreate schema audit;\n")
                .contains("seconds integer generated always as (minutes * 60) stored")
                .contains("primary key (doctors_id, patient_id));")
                .contains("\ncomment on column visits.note is 'free text';\n");
    }
}
