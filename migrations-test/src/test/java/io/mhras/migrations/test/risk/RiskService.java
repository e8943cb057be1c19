package io.mhras.migrations.test.risk;

import org.springframework.boot.autoconfigure.SpringBootApplication;

/** The service that has the entities. */
@SpringBootApplication
public class RiskService {}
