package dev.fanbench.emulator;

import dev.fanbench.emulator.latency.Latency;
import dev.fanbench.emulator.quota.QuotaCheck;
import dev.fanbench.emulator.quota.QuotaSet;
import dev.fanbench.emulator.store.LocalStore;
import dev.fanbench.emulator.template.Template;
import java.net.URI;
import java.time.Clock;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.crt.AwsCrtHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/** One DynamoDB Local for all tests of a JVM; it ends with the JVM. */
final class SharedStore {
  private static LocalStore store;

  private SharedStore() {}

  /** The store, with the chat's table, whatever tables a test's template has. */
  static synchronized LocalStore get(Template ignored, Latency none, QuotaCheck ofOneTest) {
    if (store == null) {
      Template chat = Template.parse(Template.builtIn(), "us-east-1", Map.of());
      QuotaCheck standard = new QuotaCheck(QuotaSet.standard(), Clock.systemUTC());
      store = new Kept(LocalStore.start(chat, none, standard));
    }
    return store;
  }

  /** Stays when an emulator ends. */
  private record Kept(LocalStore store) implements LocalStore {
    @Override
    public URI endpoint() {
      return store.endpoint();
    }

    @Override
    public Map<String, Long> counters() {
      return store.counters();
    }

    @Override
    public void close() {}
  }

  /** A client of it, to look into its table. */
  static synchronized DynamoDbClient client() {
    return client(store.endpoint());
  }

  /** A client of another one. */
  static DynamoDbClient client(URI endpoint) {
    return DynamoDbClient.builder()
        .endpointOverride(endpoint)
        .region(Region.US_EAST_1)
        .credentialsProvider(
            StaticCredentialsProvider.create(AwsBasicCredentials.create("any", "any")))
        .httpClientBuilder(AwsCrtHttpClient.builder())
        .build();
  }

  /** Rows of the chat's table that belong to connections: all but messages and names of rooms. */
  static long rowsOfConnections() {
    try (DynamoDbClient table = client()) {
      return rowsOfConnections(table);
    }
  }

  /** The keys of the same rows. */
  static Set<String> keysOfConnections() {
    try (DynamoDbClient table = client()) {
      return table
          .scanPaginator(scan -> scan.tableName("ChatTable").consistentRead(true))
          .items()
          .stream()
          .map(row -> row.get("pk").s() + " " + row.get("sk").s())
          .filter(key -> key.startsWith("C#") || key.startsWith("R#") || key.startsWith("U#"))
          .collect(Collectors.toSet());
    }
  }

  /** The same rows, as a client finds them. */
  static long rowsOfConnections(DynamoDbClient table) {
    return table
        .scanPaginator(scan -> scan.tableName("ChatTable").consistentRead(true))
        .items()
        .stream()
        .map(row -> row.get("pk").s())
        .filter(key -> key.startsWith("C#") || key.startsWith("R#") || key.startsWith("U#"))
        .count();
  }

  /** The chat of this repository on this store. */
  static EmulatorOptions chat() {
    return EmulatorOptions.standard().withStore(SharedStore::get);
  }
}
