package io.mhras.sample.risk;

import jakarta.validation.Valid;
import java.net.URI;
import java.util.List;
import java.util.UUID;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ResponseStatusException;

/** Who allows the use of which data. */
@RestController
@RequestMapping("/consents")
@MhrasOnly
class ConsentController {

    private final Consents consents;

    ConsentController(Consents consents) {
        this.consents = consents;
    }

    @GetMapping
    List<Consent> of(@RequestParam String subject) {
        return consents.of(subject);
    }

    @PostMapping
    ResponseEntity<Consent> record(@Valid @RequestBody Consent.Request request) {
        Consent consent = consents.record(request);
        return ResponseEntity.created(URI.create("/consents?subject=" + consent.subjectId()))
                .body(consent);
    }

    @PostMapping("/{id}/withdrawal")
    Consent withdraw(@PathVariable UUID id, @Valid @RequestBody Consent.Withdrawal withdrawal) {
        return consents.withdraw(id, withdrawal.recordedBy())
                .orElseThrow(() -> new ResponseStatusException(
                        HttpStatus.NOT_FOUND, "There is no consent " + id + " that could be withdrawn."));
    }
}
