package io.mhras.sample.risk;

import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.MethodArgumentNotValidException;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import org.springframework.web.context.request.WebRequest;
import org.springframework.web.servlet.mvc.method.annotation.ResponseEntityExceptionHandler;

/** Answers what cannot be done with a problem document (RFC 9457) that says why. */
@RestControllerAdvice
class Problems extends ResponseEntityExceptionHandler {

    @Override
    protected @Nullable ResponseEntity<Object> handleMethodArgumentNotValid(
            MethodArgumentNotValidException failure, HttpHeaders headers, HttpStatusCode status, WebRequest request) {
        Map<String, String> errors = new TreeMap<>();
        failure.getFieldErrors().forEach(error -> errors.put(error.getField(), error.getDefaultMessage()));
        failure.getBody().setProperty("errors", errors);
        return super.handleMethodArgumentNotValid(failure, headers, status, request);
    }

    @ExceptionHandler
    ProblemDetail alreadyThere(DuplicateKeyException failure) {
        return ProblemDetail.forStatusAndDetail(HttpStatus.CONFLICT, "There is such an entry already.");
    }
}
