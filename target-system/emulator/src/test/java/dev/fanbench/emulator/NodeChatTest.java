package dev.fanbench.emulator;

import java.nio.file.Files;
import org.junit.jupiter.api.BeforeAll;

/** The chat in Node with the AWS SDK for JavaScript. */
class NodeChatTest extends SampleChat {
  NodeChatTest() {
    super("node", "node");
  }

  @BeforeAll
  @Override
  void start() throws Exception {
    assumeAvailable(Files.isDirectory(folder().resolve("node_modules")), "the AWS SDK");
    super.start();
  }
}
