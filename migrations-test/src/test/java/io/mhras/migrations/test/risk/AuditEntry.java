package io.mhras.migrations.test.risk;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.net.InetAddress;
import java.time.OffsetDateTime;
import java.util.Map;
import java.util.UUID;
import org.hibernate.annotations.JdbcTypeCode;
import org.hibernate.type.SqlTypes;
import org.jspecify.annotations.Nullable;

/** An activity or a decision. */
@Entity
@Table(name = "audit_log")
@SuppressWarnings({"NullAway.Init", "UnusedVariable"}) // Hibernate sets and reads them.
class AuditEntry {

    @Id
    @GeneratedValue(strategy = GenerationType.IDENTITY)
    private Long auditId;

    @Column(nullable = false)
    private OffsetDateTime occurredAt;

    @Column(length = 100, nullable = false)
    private String eventType;

    @Column(length = 20, nullable = false)
    private String actorType;

    @Column(length = 100, nullable = false)
    private String actorId;

    @Column(length = 64)
    private @Nullable String subjectId;

    @Column(length = 50)
    private @Nullable String entityType;

    @Column(length = 100)
    private @Nullable String entityId;

    @Column(length = 100)
    private @Nullable String decision;

    @JdbcTypeCode(SqlTypes.JSON)
    @Column(nullable = false)
    private Map<String, Object> details;

    private @Nullable UUID requestId;

    private @Nullable InetAddress ipAddress;
}
