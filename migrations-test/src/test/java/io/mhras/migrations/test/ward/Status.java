package io.mhras.migrations.test.ward;

enum Status {
    ACTIVE,
    ON_HOLD,
    CLOSED
}
