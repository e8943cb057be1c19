package io.mhras.migrations.test.ward;

import jakarta.persistence.AttributeOverride;
import jakarta.persistence.Column;
import jakarta.persistence.ElementCollection;
import jakarta.persistence.Embedded;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.Id;
import jakarta.persistence.Index;
import jakarta.persistence.ManyToMany;
import jakarta.persistence.Table;
import jakarta.persistence.UniqueConstraint;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.hibernate.annotations.JdbcTypeCode;
import org.hibernate.type.SqlTypes;

@Entity
@Table(
        uniqueConstraints = @UniqueConstraint(columnNames = {"nhs_number", "region"}),
        indexes = @Index(columnList = "family_name, birth_date DESC"))
@SuppressWarnings({"NullAway.Init", "UnusedVariable"}) // Hibernate sets and reads them.
class Patient {

    @Id
    @GeneratedValue
    private Long id;

    @Column(length = 10)
    private String nhsNumber;

    private String region;

    private String familyName;

    private LocalDate birthDate;

    private Sex sex;

    @Enumerated(EnumType.STRING)
    private Status status;

    @Enumerated(EnumType.ORDINAL)
    private Status ordinalStatus;

    @Enumerated(EnumType.STRING)
    @JdbcTypeCode(SqlTypes.NAMED_ENUM)
    private Status namedStatus;

    @Embedded
    private Address home;

    @Embedded
    @AttributeOverride(name = "street", column = @Column(name = "work_street"))
    @AttributeOverride(name = "postCode", column = @Column(name = "work_post_code", length = 8))
    private Address work;

    private BigDecimal balance;

    private Instant createdAt;

    private List<String> tags;

    @JdbcTypeCode(SqlTypes.JSON)
    private Map<String, String> attributes;

    @ElementCollection
    private Set<String> allergies;

    @ManyToMany
    private Set<Doctor> doctors;
}
