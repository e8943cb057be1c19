package io.mhras.sample;

import static io.mhras.migrations.test.MigrationAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import io.mhras.migrations.test.MigratedDatabase;
import io.mhras.migrations.test.Migrations;
import java.nio.charset.StandardCharsets;
import java.util.List;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What {@code test_encryption.py} of the allied health system checks, in its six groups. */
@MigratedDatabase(locations = "classpath:db/allied-health")
final class AlliedHealthMigrationsTest {

    private static final String SECRET = "This is sensitive patient data that must be encrypted";

    private final JdbcClient jdbc;

    AlliedHealthMigrationsTest(DataSource dataSource) {
        jdbc = JdbcClient.create(dataSource);
    }

    @Test
    void pgcryptoIsInstalled() {
        assertThat(names("SELECT extname FROM pg_extension")).contains("pgcrypto");
    }

    @Test
    void aTextIsEncryptedAndDecrypted() {
        byte[] encrypted = jdbc.sql("SELECT pgp_sym_encrypt(?, 'a key')")
                .param(SECRET)
                .query(byte[].class)
                .single();

        assertThat(new String(encrypted, StandardCharsets.ISO_8859_1)).doesNotContain("sensitive");
        assertThat(decrypted(encrypted)).isEqualTo(SECRET);
    }

    @Test
    void jsonIsEncryptedAndDecrypted() {
        String json = "{\"age\": 65, \"patient_name\": \"John Doe\"}";
        byte[] encrypted = jdbc.sql("SELECT pgp_sym_encrypt(?::jsonb::text, 'a key')")
                .param(json)
                .query(byte[].class)
                .single();

        assertThat(decrypted(encrypted)).isEqualTo(json);
    }

    private String decrypted(byte[] encrypted) {
        return jdbc.sql("SELECT pgp_sym_decrypt(?, 'a key')")
                .param(encrypted)
                .query(String.class)
                .single();
    }

    @Test
    void allTablesAreThere() {
        assertThat(names("SELECT tablename FROM pg_tables WHERE schemaname = 'public'"))
                .contains(
                        "consent_records",
                        "audio_recordings",
                        "transcripts",
                        "clinical_data_records",
                        "submission_records",
                        "audit_logs");
    }

    @Test
    void theCriticalIndexesAreThere() {
        assertThat(names("SELECT indexname FROM pg_indexes WHERE schemaname = 'public'"))
                .contains(
                        "ix_consent_records_session_id",
                        "ix_audio_recordings_session_id",
                        "ix_transcripts_recording_id",
                        "ix_clinical_data_records_transcript_id",
                        "ix_submission_records_clinical_data_id",
                        "ix_audit_logs_timestamp");
    }

    @Test
    void theEnumTypesAreThere() {
        assertThat(names("SELECT typname FROM pg_type WHERE typtype = 'e'"))
                .contains(
                        "consent_method_enum",
                        "recording_status_enum",
                        "storage_provider_enum",
                        "transcript_status_enum",
                        "assessment_type_enum",
                        "submission_status_enum",
                        "audit_event_type_enum");
    }

    private List<String> names(String sql) {
        return jdbc.sql(sql).query(String.class).list();
    }

    @Test
    void everyMigrationCanBeTakenBack(Migrations migrations) {
        assertThat(migrations).areReversible();
    }
}
