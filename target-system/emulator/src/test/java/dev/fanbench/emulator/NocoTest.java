package dev.fanbench.emulator;

import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;

/** The design of noco in Python with boto3. */
class NocoTest extends OneItemChat {
  NocoTest() {
    super(Path.of("../servers/noco"), "python3");
  }

  @BeforeAll
  @Override
  void start() throws Exception {
    assumeBoto3();
    super.start();
  }
}
