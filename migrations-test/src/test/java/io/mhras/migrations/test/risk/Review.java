package io.mhras.migrations.test.risk;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.Id;
import jakarta.persistence.JoinColumn;
import jakarta.persistence.ManyToOne;
import jakarta.persistence.Table;
import java.time.OffsetDateTime;
import java.util.UUID;
import org.hibernate.annotations.ColumnDefault;
import org.jspecify.annotations.Nullable;

/** A prediction that a person has to look at. */
@Entity
@Table(name = "human_review_queue")
@SuppressWarnings({"NullAway.Init", "UnusedVariable"}) // Hibernate sets and reads them.
class Review {

    @Id
    @GeneratedValue
    private UUID reviewId;

    @ManyToOne(optional = false)
    @JoinColumn(name = "prediction_id")
    private Prediction prediction;

    @ColumnDefault("3")
    @Column(nullable = false)
    private short priority;

    @Column(length = 20, nullable = false)
    private String status;

    @Column(length = 100)
    private @Nullable String assignedTo;

    private @Nullable OffsetDateTime assignedAt;

    @Column(nullable = false)
    private OffsetDateTime dueAt;

    @Column(nullable = false)
    private short escalationLevel;

    private @Nullable String escalationReason;

    @Column(length = 20)
    private @Nullable String decision;

    private @Nullable String decisionNotes;

    private @Nullable OffsetDateTime completedAt;
}
