package dev.fanbench.emulator;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The same design in Node with the AWS SDK for JavaScript, and the route of AWS's sample. */
class AwsChatSampleTest extends OneItemChat {
  AwsChatSampleTest() {
    super(Path.of("../servers/aws-chat-sample"), "node");
  }

  @BeforeAll
  @Override
  void start() throws Exception {
    assumeNodeSdk();
    super.start();
  }

  @Test
  void dataOfTheRouteSendmessageIsSaid() throws Exception {
    Client sender = Client.connect(url());
    Client other = Client.connect(url());
    sender.send("{\"action\":\"sendmessage\",\"data\":\"hello\"}");
    assertEquals("#general anonymous: hello", other.next());
    sender.close(1000, "");
    other.close(1000, "");
  }
}
