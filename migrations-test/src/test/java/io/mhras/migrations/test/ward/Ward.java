package io.mhras.migrations.test.ward;

import org.springframework.boot.autoconfigure.SpringBootApplication;

/** The service. */
@SpringBootApplication
public class Ward {}
