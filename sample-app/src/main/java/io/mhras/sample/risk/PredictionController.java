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

/** Takes predictions from the models, of people who allow it. */
@RestController
@RequestMapping("/predictions")
@MhrasOnly
class PredictionController {

    private final Predictions predictions;
    private final Consents consents;

    PredictionController(Predictions predictions, Consents consents) {
        this.predictions = predictions;
        this.consents = consents;
    }

    @GetMapping
    List<Prediction> of(@RequestParam String subject) {
        return predictions.of(subject);
    }

    @GetMapping("/{id}")
    Prediction find(@PathVariable UUID id) {
        return predictions
                .find(id)
                .orElseThrow(
                        () -> new ResponseStatusException(HttpStatus.NOT_FOUND, "There is no prediction " + id + "."));
    }

    @PostMapping
    ResponseEntity<Prediction> record(@Valid @RequestBody Prediction.Request request) {
        if (!consents.allowRiskAssessment(request.subjectId())) {
            throw new ResponseStatusException(
                    HttpStatus.FORBIDDEN,
                    "There is no active consent of " + request.subjectId() + " to a risk assessment.");
        }
        Prediction prediction = predictions.record(request);
        return ResponseEntity.created(URI.create("/predictions/" + prediction.predictionId()))
                .body(prediction);
    }
}
