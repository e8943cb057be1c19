package io.mhras.sample.risk;

import io.mhras.sample.risk.AuditLog.Actor;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Transactional;

/** The consents in the database. */
@Repository
@MhrasOnly
class Consents {

    static final String RISK_ASSESSMENT = "risk_assessment";

    private static final String COLUMNS = """
            consent_id, subject_id, data_type, purpose, status, policy_version, recorded_by, granted_at, expires_at,
            withdrawn_at
            """;

    private final JdbcClient jdbc;
    private final AuditLog auditLog;

    Consents(JdbcClient jdbc, AuditLog auditLog) {
        this.jdbc = jdbc;
        this.auditLog = auditLog;
    }

    @Transactional
    public Consent record(Consent.Request request) {
        boolean denied = Boolean.FALSE.equals(request.granted());
        Consent consent = jdbc.sql("""
                        INSERT INTO consent
                               (subject_id, data_type, purpose, status, policy_version, recorded_by, granted_at, expires_at)
                        VALUES (:subject, :dataType, coalesce(:purpose, 'risk_assessment'), :status, :policy, :recordedBy,
                                CASE WHEN :status = 'granted' THEN CURRENT_TIMESTAMP END, :expiresAt)
                        RETURNING\s""" + COLUMNS)
                .param("subject", request.subjectId())
                .param("dataType", request.dataType())
                .param("purpose", request.purpose())
                .param("status", denied ? "denied" : "granted")
                .param("policy", request.policyVersion())
                .param("recordedBy", request.recordedBy())
                .param("expiresAt", request.expiresAt())
                .query(Consent.class)
                .single();
        audit("consent.recorded", consent, request.recordedBy());
        return consent;
    }

    @Transactional
    public Optional<Consent> withdraw(UUID consentId, String recordedBy) {
        Optional<Consent> withdrawn = jdbc.sql("""
                        UPDATE consent
                        SET    status = 'withdrawn', withdrawn_at = CURRENT_TIMESTAMP, updated_at = CURRENT_TIMESTAMP
                        WHERE  consent_id = :id AND status = 'granted'
                        RETURNING\s""" + COLUMNS)
                .param("id", consentId)
                .query(Consent.class)
                .optional();
        withdrawn.ifPresent(consent -> audit("consent.withdrawn", consent, recordedBy));
        return withdrawn;
    }

    List<Consent> of(String subjectId) {
        return jdbc.sql("SELECT " + COLUMNS + " FROM consent WHERE subject_id = :subject ORDER BY created_at DESC")
                .param("subject", subjectId)
                .query(Consent.class)
                .list();
    }

    boolean allowRiskAssessment(String subjectId) {
        return jdbc.sql("""
                        SELECT EXISTS (
                            SELECT FROM active_consent WHERE subject_id = :subject AND purpose = :purpose
                        )
                        """)
                .param("subject", subjectId)
                .param("purpose", RISK_ASSESSMENT)
                .query(Boolean.class)
                .single();
    }

    private void audit(String event, Consent consent, String recordedBy) {
        auditLog.write(
                event, Actor.user(recordedBy), consent.subjectId(), "consent", consent.consentId(), consent.status());
    }
}
