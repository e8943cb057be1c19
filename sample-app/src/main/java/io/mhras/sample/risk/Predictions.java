package io.mhras.sample.risk;

import io.mhras.sample.risk.AuditLog.Actor;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Transactional;

/** The predictions in the database. */
@Repository
@MhrasOnly
class Predictions {

    private static final String COLUMNS = """
            prediction_id, subject_id, risk_score, risk_level, confidence,
            ARRAY(SELECT jsonb_array_elements_text(contributing_factors)) AS contributing_factors,
            model_name, model_version, requires_human_review, predicted_at
            """;

    private final JdbcClient jdbc;
    private final Reviews reviews;
    private final AuditLog auditLog;

    Predictions(JdbcClient jdbc, Reviews reviews, AuditLog auditLog) {
        this.jdbc = jdbc;
        this.reviews = reviews;
        this.auditLog = auditLog;
    }

    /** Keeps it, and puts it into the queue for review if its risk asks for that. */
    @Transactional
    public Prediction record(Prediction.Request request) {
        RiskLevel level = RiskLevel.of(request.riskScore());
        Prediction prediction = insert(request, level);
        level.reviewWithin().ifPresent(limit -> reviews.open(prediction, level.priority(), limit));
        Actor model = Actor.model(request.modelName() + " " + request.modelVersion());
        auditLog.write(
                "prediction.recorded",
                model,
                prediction.subjectId(),
                "prediction",
                prediction.predictionId(),
                level.toString());
        return prediction;
    }

    private Prediction insert(Prediction.Request request, RiskLevel level) {
        List<String> factors = request.contributingFactors() == null ? List.of() : request.contributingFactors();
        return jdbc.sql("""
                        INSERT INTO predictions
                               (subject_id, risk_score, risk_level, confidence, contributing_factors,
                                model_name, model_version, feature_hash, requires_human_review)
                        VALUES (:subject, :score, :level, :confidence, to_jsonb(CAST(:factors AS TEXT[])),
                                :model, :modelVersion, :featureHash, :review)
                        RETURNING\s""" + COLUMNS)
                .param("subject", request.subjectId())
                .param("score", request.riskScore())
                .param("level", level.toString())
                .param("confidence", request.confidence())
                .param("factors", factors.toArray(String[]::new))
                .param("model", request.modelName())
                .param("modelVersion", request.modelVersion())
                .param("featureHash", request.featureHash())
                .param("review", level.reviewWithin().isPresent())
                .query(Predictions::read)
                .single();
    }

    Optional<Prediction> find(UUID predictionId) {
        return jdbc.sql("SELECT " + COLUMNS + " FROM predictions WHERE prediction_id = :id")
                .param("id", predictionId)
                .query(Predictions::read)
                .optional();
    }

    List<Prediction> of(String subjectId) {
        return jdbc.sql("SELECT " + COLUMNS
                        + " FROM predictions WHERE subject_id = :subject ORDER BY predicted_at DESC")
                .param("subject", subjectId)
                .query(Predictions::read)
                .list();
    }

    private static Prediction read(ResultSet row, int number) throws SQLException {
        return new Prediction(
                row.getObject("prediction_id", UUID.class),
                row.getString("subject_id"),
                row.getBigDecimal("risk_score"),
                row.getString("risk_level"),
                row.getBigDecimal("confidence"),
                List.of((String[]) row.getArray("contributing_factors").getArray()),
                row.getString("model_name"),
                row.getString("model_version"),
                row.getBoolean("requires_human_review"),
                row.getObject("predicted_at", OffsetDateTime.class));
    }
}
