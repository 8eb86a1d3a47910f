package dev.fanbench.emulator;

import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;

/** The chat in Node with the AWS SDK for JavaScript. */
class NodeChatTest extends SampleChat {
  NodeChatTest() {
    super(Path.of("chats/node"), "node");
  }

  @BeforeAll
  @Override
  void start() throws Exception {
    assumeNodeSdk();
    super.start();
  }
}
