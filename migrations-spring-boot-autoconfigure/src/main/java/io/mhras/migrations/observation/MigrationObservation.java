package io.mhras.migrations.observation;

import io.micrometer.common.docs.KeyName;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationConvention;
import io.micrometer.observation.docs.ObservationDocumentation;

/** What is observed. */
public enum MigrationObservation implements ObservationDocumentation {

    /** A run on one database, from the first look at the history to the last commit. */
    RUN {
        @Override
        public String getName() {
            return "mhras.migrations";
        }
    },

    /** One migration in a run. */
    STEP {
        @Override
        public String getName() {
            return "mhras.migrations.step";
        }

        @Override
        public KeyName[] getHighCardinalityKeyNames() {
            return HighCardinalityKey.values();
        }
    };

    @Override
    public Class<? extends ObservationConvention<? extends Observation.Context>> getDefaultConvention() {
        return DefaultMigrationObservationConvention.class;
    }

    @Override
    public KeyName[] getLowCardinalityKeyNames() {
        return LowCardinalityKey.values();
    }

    /** Keys with few values: they become tags of metrics. */
    public enum LowCardinalityKey implements KeyName {

        /** The database: {@code postgresql}. */
        DATABASE {
            @Override
            public String asString() {
                return "database";
            }
        },

        /** What was asked for: {@code migrate}, {@code rollback}; of a step: {@code applied}, {@code rolled_back}. */
        OPERATION {
            @Override
            public String asString() {
                return "operation";
            }
        },

        /** How it ended: {@code success}, {@code up_to_date}, {@code failure}; {@code running} before that. */
        OUTCOME {
            @Override
            public String asString() {
                return "outcome";
            }
        }
    }

    /** Keys with many values: they are in traces only. */
    public enum HighCardinalityKey implements KeyName {

        /** The migration's version. */
        VERSION {
            @Override
            public String asString() {
                return "version";
            }
        }
    }
}
