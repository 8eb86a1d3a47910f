package dev.fanbench.emulator;

import dev.fanbench.emulator.store.Redis;
import dev.fanbench.target.RedisServer;
import io.lettuce.core.Range;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisURI;
import io.lettuce.core.StreamMessage;
import io.lettuce.core.api.StatefulRedisConnection;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/** The chat's whole contract once more, with everything that outlives an event in Redis. */
class RedisContractTest implements EmulatorContract {
  private static RedisServer redis;
  private static RedisClient client;
  private static Emulator emulator;

  @BeforeAll
  static void start() throws IOException {
    redis = RedisServer.start();
    client = RedisClient.create(RedisURI.create(redis.uri()));
    emulator =
        Emulator.start(
            EmulatorOptions.standard()
                .withParameters(Map.of("Store", "redis"))
                .withStore((template, latency, quotas) -> Redis.at(redis.uri())));
  }

  @AfterAll
  static void stop() {
    emulator.close();
    client.shutdown();
    redis.close();
  }

  @Override
  public List<Kept> kept(String room) {
    try (StatefulRedisConnection<String, String> connection = client.connect()) {
      return connection.sync().xrange("messages:" + room, Range.unbounded()).stream()
          .map(StreamMessage::getBody)
          .map(row -> new Kept(Long.parseLong(row.get("at")), row.get("who"), row.get("text")))
          .toList();
    }
  }

  @Override
  public Emulator emulator() {
    return emulator;
  }
}
