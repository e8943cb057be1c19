package io.mhras.migrations.test.risk;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.Id;
import jakarta.persistence.JoinColumn;
import jakarta.persistence.ManyToOne;
import jakarta.persistence.Table;
import jakarta.persistence.UniqueConstraint;
import java.math.BigDecimal;
import java.util.UUID;

/** A resource that was recommended with a prediction. */
@Entity
@Table(
        name = "recommendation_resources",
        uniqueConstraints = {
            @UniqueConstraint(columnNames = {"prediction_id", "resource_id"}),
            @UniqueConstraint(columnNames = {"prediction_id", "rank"})
        })
@SuppressWarnings({"NullAway.Init", "UnusedVariable"}) // Hibernate sets and reads them.
class Recommendation {

    @Id
    @GeneratedValue
    private UUID recommendationId;

    @ManyToOne(optional = false)
    @JoinColumn(name = "prediction_id")
    private Prediction prediction;

    @ManyToOne(optional = false)
    @JoinColumn(name = "resource_id")
    private Resource resource;

    @Column(nullable = false)
    private short rank;

    @Column(precision = 5, scale = 4, nullable = false)
    private BigDecimal relevanceScore;
}
