package dev.fanbench.junit;

import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A user's tests get the emulator, and neither a load tool nor functions of this project. */
class ClassPathTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "io.gatling.app.Gatling",
        "dev.fanbench.gatling.Experiment",
        "dev.fanbench.measurement.run.Run",
        "dev.fanbench.functions.aws.ConnectHandler"
      })
  void classIsAbsent(String name) {
    assertThrows(ClassNotFoundException.class, () -> Class.forName(name));
  }
}
