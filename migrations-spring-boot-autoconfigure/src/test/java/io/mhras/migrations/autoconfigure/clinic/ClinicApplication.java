package io.mhras.migrations.autoconfigure.clinic;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;

/** A whole service: web, JPA, Actuator. */
@SpringBootApplication
public class ClinicApplication {

    /** Starts it. */
    public static void main(String[] args) {
        SpringApplication.run(ClinicApplication.class, args);
    }
}
