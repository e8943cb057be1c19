package io.mhras.migrations.test.risk;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.Id;
import jakarta.persistence.Index;
import jakarta.persistence.Table;
import java.math.BigDecimal;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.hibernate.annotations.JdbcTypeCode;
import org.hibernate.type.SqlTypes;

/** What a model says of a person's risk. */
@Entity
@Table(
        name = "predictions",
        comment = "Risk prediction results with model metadata and lineage information",
        indexes = {
            @Index(name = "idx_predictions_subject_predicted", columnList = "subject_id, predicted_at DESC"),
            @Index(name = "idx_predictions_model", columnList = "model_name, model_version"),
            @Index(name = "idx_predictions_predicted_at", columnList = "predicted_at")
        })
@SuppressWarnings({"NullAway.Init", "UnusedVariable"}) // Hibernate sets and reads them.
class Prediction {

    @Id
    @GeneratedValue
    private UUID predictionId;

    @Column(length = 64, nullable = false)
    private String subjectId;

    @Column(precision = 5, scale = 4, nullable = false)
    private BigDecimal riskScore;

    @Enumerated(EnumType.STRING)
    @Column(length = 20, nullable = false)
    private RiskLevel riskLevel;

    @Column(precision = 5, scale = 4, nullable = false)
    private BigDecimal confidence;

    @JdbcTypeCode(SqlTypes.JSON)
    @Column(nullable = false)
    private List<String> contributingFactors;

    @Column(length = 100, nullable = false)
    private String modelName;

    @Column(length = 50, nullable = false)
    private String modelVersion;

    @JdbcTypeCode(SqlTypes.JSON)
    @Column(nullable = false)
    private Map<String, Object> modelMetadata;

    @JdbcTypeCode(SqlTypes.CHAR)
    @Column(length = 64, nullable = false)
    private String featureHash;

    @JdbcTypeCode(SqlTypes.JSON)
    @Column(nullable = false)
    private Map<String, Object> lineage;

    @Column(nullable = false)
    private boolean requiresHumanReview;

    @Column(nullable = false)
    private OffsetDateTime predictedAt;

    @Column(nullable = false)
    private OffsetDateTime createdAt;
}
