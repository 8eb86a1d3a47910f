package dev.fanbench.emulator;

import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;

/** The chat in Python with boto3. */
class PythonChatTest extends SampleChat {
  PythonChatTest() {
    super(Path.of("chats/python"), "python3");
  }

  @BeforeAll
  @Override
  void start() throws Exception {
    assumeBoto3();
    super.start();
  }
}
