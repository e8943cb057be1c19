package io.mhras.sample.risk;

import jakarta.validation.constraints.Future;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.time.OffsetDateTime;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What a person said about the use of one kind of data. */
record Consent(
        UUID consentId,
        String subjectId,
        String dataType,
        String purpose,
        String status,
        String policyVersion,
        String recordedBy,
        @Nullable OffsetDateTime grantedAt,
        @Nullable OffsetDateTime expiresAt,
        @Nullable OffsetDateTime withdrawnAt) {

    /** A new one; granted unless it says that it is not. */
    record Request(
            @NotBlank @Size(max = 64) String subjectId,

            @NotNull @Pattern(regexp = "survey|wearable|clinical_record|laboratory|messaging") String dataType,

            @Nullable @Size(max = 50) String purpose,
            @Nullable Boolean granted,
            @NotBlank @Size(max = 20) String policyVersion,
            @NotBlank @Size(max = 100) String recordedBy,
            @Nullable @Future OffsetDateTime expiresAt) {}

    /** The end of a consent. */
    record Withdrawal(@NotBlank @Size(max = 100) String recordedBy) {}
}
