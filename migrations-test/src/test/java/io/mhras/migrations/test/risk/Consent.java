package io.mhras.migrations.test.risk;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.Id;
import jakarta.persistence.Index;
import jakarta.persistence.Table;
import java.time.OffsetDateTime;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What a person said about the use of one kind of data. */
@Entity
@Table(indexes = @Index(name = "idx_consent_subject", columnList = "subject_id, data_type"))
@SuppressWarnings({"NullAway.Init", "UnusedVariable"}) // Hibernate sets and reads them.
class Consent {

    @Id
    @GeneratedValue
    private UUID consentId;

    @Column(length = 64, nullable = false)
    private String subjectId;

    @Column(length = 30, nullable = false)
    private String dataType;

    @Column(length = 50, nullable = false)
    private String purpose;

    @Enumerated(EnumType.STRING)
    @Column(length = 20, nullable = false)
    private ConsentStatus status;

    @Column(length = 20, nullable = false)
    private String policyVersion;

    @Column(length = 100, nullable = false)
    private String recordedBy;

    private @Nullable OffsetDateTime grantedAt;

    private @Nullable OffsetDateTime expiresAt;

    private @Nullable OffsetDateTime withdrawnAt;

    @Column(nullable = false)
    private OffsetDateTime createdAt;

    @Column(nullable = false)
    private OffsetDateTime updatedAt;
}
