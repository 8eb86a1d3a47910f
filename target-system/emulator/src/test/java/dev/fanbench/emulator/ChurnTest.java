package dev.fanbench.emulator;

import dev.fanbench.protocol.fuzz.Churn;
import dev.fanbench.protocol.fuzz.ServerSockets;
import dev.fanbench.protocol.idle.TargetProcess;
import dev.fanbench.target.RedisServer;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisURI;
import io.lettuce.core.api.StatefulRedisConnection;
import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/** Ten minutes of clients that come and die, at the serverless chat with either store. */
@Tag("soak")
class ChurnTest {
  private static final int PER_SECOND = 20;
  private static final String HEAP = "512m";

  @Test
  void levelsStayFlatWithTheTable() throws Exception {
    try (TargetProcess target = TargetProcess.start(ServerlessTarget.class, HEAP);
        DynamoDbClient table = tableOf(target)) {
      new Churn(target, PER_SECOND, () -> SharedStore.rowsOfConnections(table)).run();
    }
  }

  @Test
  void levelsStayFlatWithRedis() throws Exception {
    RedisServer redis = RedisServer.start();
    RedisClient client = RedisClient.create(RedisURI.create(redis.uri()));
    try (StatefulRedisConnection<String, String> keys = client.connect();
        TargetProcess target =
            TargetProcess.start(
                ServerlessTarget.class,
                HEAP,
                "--store",
                "redis",
                "--redis",
                redis.uri().toString())) {
      new Churn(target, PER_SECOND, () -> keys.sync().dbsize()).run();
    } finally {
      client.shutdown();
      redis.close();
    }
  }

  /** A client of the one port of the process at which there is a table of that name. */
  private static DynamoDbClient tableOf(TargetProcess target) throws IOException {
    List<SdkException> refusals = new ArrayList<>();
    for (int port : ServerSockets.listeningPorts(target.ready().pid())) {
      DynamoDbClient client = SharedStore.client(URI.create("http://127.0.0.1:" + port));
      try {
        client.describeTable(table -> table.tableName("ChatTable"));
        return client;
      } catch (SdkException noStore) {
        refusals.add(noStore);
        client.close();
      }
    }
    throw new AssertionError("no port has the table: " + refusals);
  }
}
