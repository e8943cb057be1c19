package io.mhras.sample.risk;

import io.mhras.sample.risk.AuditLog.Actor;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Transactional;

/** The queue of what people have to look at. */
@Repository
@MhrasOnly
class Reviews {

    private final JdbcClient jdbc;
    private final AuditLog auditLog;

    Reviews(JdbcClient jdbc, AuditLog auditLog) {
        this.jdbc = jdbc;
        this.auditLog = auditLog;
    }

    void open(Prediction prediction, int priority, Duration limit) {
        jdbc.sql("""
                        INSERT INTO human_review_queue (prediction_id, priority, due_at)
                        VALUES (:prediction, :priority, CURRENT_TIMESTAMP + :seconds * INTERVAL '1 second')
                        """)
                .param("prediction", prediction.predictionId())
                .param("priority", priority)
                .param("seconds", limit.toSeconds())
                .update();
    }

    /** The most urgent first. */
    List<Review> pending() {
        return jdbc.sql("SELECT * FROM pending_reviews").query(Review.class).list();
    }

    /** Closes a review; empty if there is no such open one. */
    @Transactional
    public Optional<UUID> decide(UUID reviewId, Review.Decision decision) {
        Optional<UUID> predictionId = jdbc.sql("""
                        UPDATE human_review_queue
                        SET    status = 'completed', decision = :decision, decision_notes = :notes,
                               assigned_to = coalesce(assigned_to, :decidedBy),
                               completed_at = CURRENT_TIMESTAMP, updated_at = CURRENT_TIMESTAMP
                        WHERE  review_id = :id AND status IN ('pending', 'in_review', 'escalated')
                        RETURNING prediction_id
                        """)
                .param("id", reviewId)
                .param("decision", decision.decision())
                .param("notes", decision.notes())
                .param("decidedBy", decision.decidedBy())
                .query(UUID.class)
                .optional();
        predictionId.ifPresent(prediction -> auditLog.write(
                "review.completed",
                Actor.user(decision.decidedBy()),
                subjectOf(prediction),
                "human_review",
                reviewId,
                decision.decision()));
        return predictionId;
    }

    private String subjectOf(UUID predictionId) {
        return jdbc.sql("SELECT subject_id FROM predictions WHERE prediction_id = :id")
                .param("id", predictionId)
                .query(String.class)
                .single();
    }
}
