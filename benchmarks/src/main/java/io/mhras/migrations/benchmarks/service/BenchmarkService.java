package io.mhras.migrations.benchmarks.service;

import io.mhras.migrations.benchmarks.contestant.ProcessUse;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import org.springframework.boot.ApplicationRunner;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.annotation.Bean;
import org.springframework.context.event.EventListener;
import org.springframework.jdbc.core.JdbcTemplate;

/** A small service; which migration tool it has is a matter of its class path. */
@SpringBootApplication(proxyBeanMethods = false)
public class BenchmarkService {

    /** Starts it. */
    public static void main(String[] arguments) {
        SpringApplication.run(BenchmarkService.class, arguments);
    }

    /** A service with a database uses it; else opening the first connection would be the migration tool's cost alone. */
    @Bean
    ApplicationRunner firstQuery(JdbcTemplate jdbc) {
        return arguments -> jdbc.queryForObject("SELECT 1", Integer.class);
    }

    /** Says how long it took since the JVM began, and ends. */
    @EventListener(ApplicationReadyEvent.class)
    void ready() throws IOException {
        long milliseconds = System.currentTimeMillis()
                - ManagementFactory.getRuntimeMXBean().getStartTime();
        System.out.println(ProcessUse.answer(milliseconds * 1_000_000));
        System.exit(0);
    }
}
