package io.mhras.migrations.benchmarks;

import java.util.List;

/** Something that contestants are measured at. */
interface Workload {

    /** Its name on the command line. */
    String key();

    /** Lets everybody do it, in turns. */
    List<Result> run(Bench bench);
}
