package io.mhras.migrations.test.units.billing;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import java.math.BigDecimal;

@Entity
@SuppressWarnings({"NullAway.Init", "UnusedVariable"}) // Hibernate sets and reads them.
class Invoice {

    @Id
    private Long id;

    @Column(nullable = false)
    private BigDecimal amountDue;
}
