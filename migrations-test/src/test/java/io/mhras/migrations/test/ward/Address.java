package io.mhras.migrations.test.ward;

import jakarta.persistence.Column;
import jakarta.persistence.Embeddable;

@Embeddable
record Address(String street, @Column(length = 8) String postCode) {}
