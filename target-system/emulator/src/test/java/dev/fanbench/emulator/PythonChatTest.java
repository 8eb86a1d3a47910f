package dev.fanbench.emulator;

import org.junit.jupiter.api.BeforeAll;

/** The chat in Python with boto3. */
class PythonChatTest extends SampleChat {
  PythonChatTest() {
    super("python", "python3");
  }

  @BeforeAll
  @Override
  void start() throws Exception {
    Process imported = new ProcessBuilder("python3", "-c", "import boto3").start();
    assumeAvailable(imported.waitFor() == 0, "boto3");
    super.start();
  }
}
