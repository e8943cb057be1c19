package io.mhras.sample.risk;

import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.math.BigDecimal;
import java.time.OffsetDateTime;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A prediction that a person has to look at. */
record Review(
        UUID reviewId,
        int priority,
        String status,
        @Nullable String assignedTo,
        int escalationLevel,
        OffsetDateTime dueAt,
        boolean isOverdue,
        UUID predictionId,
        String subjectId,
        String riskLevel,
        BigDecimal riskScore,
        String modelName,
        String modelVersion) {

    /** What the person found. */
    record Decision(
            @NotNull @Pattern(regexp = "confirmed|overridden|dismissed") String decision,

            @Nullable @Size(max = 4000) String notes,
            @NotBlank @Size(max = 100) String decidedBy) {}
}
