package io.mhras.migrations.test.ward;

import jakarta.persistence.CheckConstraint;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.Inheritance;
import jakarta.persistence.InheritanceType;
import jakarta.persistence.ManyToOne;
import jakarta.persistence.Table;
import org.hibernate.annotations.ColumnDefault;
import org.hibernate.annotations.GeneratedColumn;
import org.hibernate.annotations.OnDelete;
import org.hibernate.annotations.OnDeleteAction;

/** A table for each kind, joined. */
@Entity
@Table(name = "visits", check = @CheckConstraint(name = "visit_minutes", constraint = "minutes > 0"))
@Inheritance(strategy = InheritanceType.JOINED)
@SuppressWarnings({"NullAway.Init", "UnusedVariable"}) // Hibernate sets and reads them.
class Visit {

    @Id
    @GeneratedValue(strategy = GenerationType.IDENTITY)
    private Long id;

    @ManyToOne(optional = false)
    private Patient patient;

    @ManyToOne
    @OnDelete(action = OnDeleteAction.SET_NULL)
    private Doctor doctor;

    @Column(nullable = false)
    @ColumnDefault("15")
    private int minutes;

    @GeneratedColumn("minutes * 60")
    private int seconds;

    @Column(comment = "free text")
    private String note;

    @Entity
    @Table(name = "home_visits")
    @SuppressWarnings("UnusedVariable")
    static class AtHome extends Visit {

        private int kilometres;
    }
}
