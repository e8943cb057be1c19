package io.mhras.migrations.test.service;

import org.springframework.boot.ApplicationRunner;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.context.annotation.Bean;
import org.springframework.jdbc.core.simple.JdbcClient;

/** A service that writes something when it starts. */
@SpringBootApplication
public class Clinic {

    @Bean
    ApplicationRunner welcome(JdbcClient jdbc) {
        return arguments ->
                jdbc.sql("INSERT INTO patients (name) VALUES ('the first')").update();
    }
}
