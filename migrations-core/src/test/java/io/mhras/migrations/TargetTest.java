package io.mhras.migrations;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mhras.migrations.MigrationException.InvalidTarget;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TargetTest {

    @Test
    void aTargetIsHeadBaseACountOrAVersion() {
        assertThat(Target.parse("head")).isEqualTo(Target.HEAD);
        assertThat(Target.parse("heads")).isEqualTo(Target.HEAD);
        assertThat(Target.parse(" base ")).isEqualTo(Target.BASE);
        assertThat(Target.parse("+2")).isEqualTo(new Target.Forward(2));
        assertThat(Target.parse("-010")).isEqualTo(new Target.Back(10));
        assertThat(Target.parse("003")).isEqualTo(new Target.Version("003"));
        assertThat(Target.parse("20251030_1530")).isEqualTo(new Target.Version("20251030_1530"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"head", "base", "+2", "-1", "003"})
    void aTargetIsShownAsItIsWritten(String text) {
        assertThat(Target.parse(text)).hasToString(text);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "+", "+0", "-0", "--1", "+1000000000", "latest", "1-2", "003_initial"})
    void anythingElseIsAnErrorThatSaysWhatIsPossible(String text) {
        assertThatThrownBy(() -> Target.parse(text))
                .isInstanceOf(InvalidTarget.class)
                .hasMessage("'" + text + "' is not a target.\n\nWhat to do: Use head, base, +n (the next n), -n (the"
                        + " last n), or a version such as 003.");
    }
}
