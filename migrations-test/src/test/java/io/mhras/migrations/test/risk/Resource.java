package io.mhras.migrations.test.risk;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Help that can be recommended. */
@Entity
@Table(name = "resource_catalog")
@SuppressWarnings({"NullAway.Init", "UnusedVariable"}) // Hibernate sets and reads them.
class Resource {

    @Id
    @GeneratedValue
    private UUID resourceId;

    @Column(length = 50, nullable = false, unique = true)
    private String resourceCode;

    @Column(nullable = false)
    private String name;

    private @Nullable String description;

    @Column(length = 30, nullable = false)
    private String resourceType;

    @Column(length = 20, nullable = false)
    private String minRiskLevel;

    @Column(length = 10, nullable = false)
    private String language;

    @Column(nullable = false)
    private String[] tags;

    @Column(name = "is_active", nullable = false)
    private boolean active;

    private @Nullable Instant lastVerifiedAt;
}
