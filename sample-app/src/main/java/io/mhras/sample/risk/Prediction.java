package io.mhras.sample.risk;

import jakarta.validation.constraints.DecimalMax;
import jakarta.validation.constraints.DecimalMin;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.math.BigDecimal;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What a model says of a person's risk. */
record Prediction(
        UUID predictionId,
        String subjectId,
        BigDecimal riskScore,
        String riskLevel,
        BigDecimal confidence,
        List<String> contributingFactors,
        String modelName,
        String modelVersion,
        boolean requiresHumanReview,
        OffsetDateTime predictedAt) {

    /** A new one. */
    record Request(
            @NotBlank @Size(max = 64) String subjectId,
            @NotNull @DecimalMin("0") @DecimalMax("1") BigDecimal riskScore,
            @NotNull @DecimalMin("0") @DecimalMax("1") BigDecimal confidence,
            @Nullable List<@NotBlank String> contributingFactors,
            @NotBlank @Size(max = 100) String modelName,
            @NotBlank @Size(max = 50) String modelVersion,
            @NotNull @Pattern(regexp = "[0-9a-f]{64}") String featureHash) {}
}
