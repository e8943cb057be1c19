package io.mhras.migrations.benchmarks;

import java.util.List;

/**
 * What came out.
 *
 * @param title what was measured
 * @param how under which rules
 * @param figures everybody's figures
 * @param goals what ours are to be
 */
record Result(String title, String how, Figures figures, List<Goal> goals) {}
