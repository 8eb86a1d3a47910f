package dev.fanbench.emulator;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.fanbench.emulator.quota.Quota;
import dev.fanbench.emulator.quota.QuotaSet;
import dev.fanbench.target.FaultRequest;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A large room in which every tenth member has gone without a word. */
class ThousandMembersTest {
  private static final int MEMBERS = 1_000;
  private static final int STALE = MEMBERS / 10;
  private static final int MESSAGES = 3;

  /** Handshakes in progress, fewer than the emulator has environments. */
  private static final int AT_A_TIME = 20;

  @ParameterizedTest
  @ValueSource(strings = {"dynamodb", "redis"})
  void everyLiveMemberHearsEveryMessage(String store) throws Exception {
    // Redis is fast enough for the members to reach the quota of connects in a second.
    QuotaSet quotas =
        QuotaSet.standard()
            .with(Quota.CONNECTS_PER_SECOND, 10_000)
            .with(Quota.CONNECT_BURST, 10_000);
    EmulatorOptions options =
        EmulatorOptions.standard()
            .withQuotas(quotas)
            .withParameters(Map.of("Store", store, "StaleGraceSeconds", "0"));
    try (Emulator emulator = Emulator.start(options)) {
      List<Client> members = members(emulator.url());
      emulator.faults().inject(FaultRequest.parse("{\"loseDisconnects\":1}"));
      List<Client> stale = new ArrayList<>();
      for (int i = 1; i < MEMBERS; i += MEMBERS / STALE) {
        stale.add(members.get(i));
      }
      stale.forEach(member -> member.close(1000, ""));
      TestApi.await(() -> emulator.counters().get("connections.open") == MEMBERS - STALE);
      emulator.faults().inject(FaultRequest.parse("{\"loseDisconnects\":0}"));

      members.removeAll(stale);
      for (int message = 0; message < MESSAGES; message++) {
        members.get(0).send("message " + message);
        for (Client member : members.subList(1, members.size())) {
          assertEquals("#tea anonymous: message " + message, member.next());
        }
        // Whoever is gone is posted to once, and the request that finds out also removes it.
        long requests = 2L * MEMBERS + message + 1;
        TestApi.await(() -> emulator.counters().get("aws.invocations") == requests);
        assertEquals(STALE, emulator.counters().get("posts.gone"));
      }
    }
  }

  private static List<Client> members(URI url) throws InterruptedException {
    List<Client> members = new ArrayList<>();
    while (members.size() < MEMBERS) {
      List<CompletableFuture<Client>> asked = new ArrayList<>();
      for (int i = 0; i < AT_A_TIME; i++) {
        asked.add(Client.ask(url));
      }
      List<Client> joined = asked.stream().map(Client::await).toList();
      joined.forEach(member -> member.send("/channel tea"));
      for (Client member : joined) {
        assertEquals("Changed to #tea", member.next());
      }
      members.addAll(joined);
    }
    return members;
  }
}
