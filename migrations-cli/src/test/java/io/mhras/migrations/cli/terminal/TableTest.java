package io.mhras.migrations.cli.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class TableTest {

    private static final String LONG_NAME = "public.patient_consent_history_archive";

    @Test
    void aNameThatIsWiderThanItsColumnStandsWholeBelowItsRow() {
        Table table = new Table(50, "SIZE", "VACUUMED", "TABLE");
        table.add("8.0 kB", "2026-11-21 12:57:30", "public.visits");
        table.add("16.0 kB", "never", LONG_NAME);

        assertThat(table.toString()).isEqualTo("""
                SIZE     VACUUMED             TABLE
                8.0 kB   2026-11-21 12:57:30  public.visits
                16.0 kB  never
                  public.patient_consent_history_archive
                """);
    }

    @Test
    void aNameThatIsWiderThanTheScreenIsCutBehindASign() {
        Table table = new Table(30, "SIZE", "TABLE");
        table.add("8.0 kB", LONG_NAME);

        assertThat(table.toString()).isEqualTo("""
                SIZE    TABLE
                8.0 kB
                  public.patient_consent_
                  history_archive
                """);
    }

    @Test
    void wordsGoOnInTheirColumn() {
        Table table = new Table(30, "V", "TEXT");
        table.add("1", "one two three four five six seven");

        assertThat(table.toString()).isEqualTo("""
                V  TEXT
                1  one two three four five six
                   seven
                """);
        assertThat(Table.wrap("a 0123456789 b", 4)).containsExactly("a", "0123", "4567", "89 b");
    }
}
