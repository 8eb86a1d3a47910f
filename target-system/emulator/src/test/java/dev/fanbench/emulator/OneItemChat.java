package dev.fanbench.emulator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** A chat that keeps a room in one item and makes an AWS client for each message. */
abstract class OneItemChat extends SampleChat {

  OneItemChat(Path folder, String program) {
    super(folder, program);
  }

  @Test
  void messageIsThreeCallsOfTheTableHoweverManyMembersHearIt() throws Exception {
    awaitAllGone();
    Client[] members = {Client.connect(url()), Client.connect(url()), Client.connect(url())};
    Map<String, Long> before = calls();
    members[0].send("hello");
    assertEquals("#general anonymous: hello", members[1].next());
    assertEquals("#general anonymous: hello", members[2].next());
    settle();
    assertEquals(Map.of("dynamodb.GetItem", 2L, "dynamodb.PutItem", 1L), since(before));
    for (Client member : members) {
      member.close(1000, "");
    }
  }

  @Test
  void connectAndDisconnectAreTwoCallsEach() throws Exception {
    awaitAllGone();
    Map<String, Long> before = calls();
    Client client = Client.connect(url());
    assertEquals(Map.of("dynamodb.PutItem", 1L, "dynamodb.UpdateItem", 1L), since(before));
    before = calls();
    client.close(1000, "");
    Map<String, Long> left = before;
    TestApi.await(() -> since(left).size() == 2);
    assertEquals(Map.of("dynamodb.DeleteItem", 1L, "dynamodb.UpdateItem", 1L), since(left));
  }

  @Test
  void channelsAreListed() throws Exception {
    Client client = Client.connect(url());
    client.send("/channel \u00e9t\u00e9");
    assertEquals("Changed to #\u00e9t\u00e9", client.next());
    client.send("{\"action\":\"command\",\"data\":\"fetchChannels\"}");
    String list = client.next();
    assertTrue(list.startsWith("{\"channelsList\": [\""), list);
    assertTrue(list.contains("\"general\"") && list.contains("\"\u00e9t\u00e9\""), list);
    client.close(1000, "");
  }

  /** Clients of the test before may still be leaving, and a leave is two calls. */
  private void awaitAllGone() throws Exception {
    TestApi.await(() -> emulator().counters().get("connections.open") == 0);
    settle();
  }

  private Map<String, Long> calls() {
    Map<String, Long> calls = new TreeMap<>(emulator().counters());
    calls.keySet().removeIf(name -> !name.startsWith("dynamodb."));
    return calls;
  }

  private Map<String, Long> since(Map<String, Long> before) {
    Map<String, Long> calls = calls();
    calls.replaceAll((name, count) -> count - before.getOrDefault(name, 0L));
    calls.values().removeIf(count -> count == 0);
    return calls;
  }
}
