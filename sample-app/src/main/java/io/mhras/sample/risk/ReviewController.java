package io.mhras.sample.risk;

import jakarta.validation.Valid;
import java.util.List;
import java.util.UUID;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ResponseStatusException;

/** The queue of predictions that people have to look at. */
@RestController
@RequestMapping("/reviews")
@MhrasOnly
class ReviewController {

    private final Reviews reviews;

    ReviewController(Reviews reviews) {
        this.reviews = reviews;
    }

    @GetMapping
    List<Review> pending() {
        return reviews.pending();
    }

    @PostMapping("/{id}/decision")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void decide(@PathVariable UUID id, @Valid @RequestBody Review.Decision decision) {
        if (reviews.decide(id, decision).isEmpty()) {
            throw new ResponseStatusException(HttpStatus.NOT_FOUND, "There is no open review " + id + ".");
        }
    }
}
