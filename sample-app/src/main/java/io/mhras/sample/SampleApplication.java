package io.mhras.sample;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.context.metrics.buffering.BufferingApplicationStartup;

/** The sample service. Its profile says which of the five systems it is. */
@SpringBootApplication
public class SampleApplication {

    /** Starts it. */
    public static void main(String[] args) {
        create().run(args);
    }

    static SpringApplication create() {
        SpringApplication application = new SpringApplication(SampleApplication.class);
        // For /actuator/startup, which shows what of the start the migrations took.
        application.setApplicationStartup(new BufferingApplicationStartup(4096));
        return application;
    }
}
