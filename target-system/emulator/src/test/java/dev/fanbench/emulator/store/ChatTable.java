package dev.fanbench.emulator.store;

import dev.fanbench.emulator.SettableClock;
import dev.fanbench.emulator.latency.Latency;
import dev.fanbench.emulator.latency.LatencyModel;
import dev.fanbench.emulator.quota.QuotaCheck;
import dev.fanbench.emulator.quota.QuotaSet;
import dev.fanbench.emulator.template.TableDefinition;
import dev.fanbench.emulator.template.Template;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.crt.AwsCrtAsyncHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.retries.DefaultRetryStrategy;
import software.amazon.awssdk.services.dynamodb.DynamoDbAsyncClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** The chat's table in a DynamoDB Local of its own, and a client that tries once. */
final class ChatTable implements AutoCloseable {
  private static final int BYTES_OF_KEYS = 10;

  final SettableClock clock = new SettableClock();
  final LocalDynamoDb store;
  final DynamoDbAsyncClient client;
  final String name;
  private final QuotaCheck quotas;

  ChatTable(QuotaSet inForce) {
    quotas = new QuotaCheck(inForce, clock);
    List<TableDefinition> tables =
        Template.parse(Template.builtIn(), "us-east-1", Map.of()).tables();
    store = LocalDynamoDb.start(tables, new Latency(LatencyModel.none(), 0), quotas);
    client =
        DynamoDbAsyncClient.builder()
            .endpointOverride(store.endpoint())
            .region(Region.US_EAST_1)
            .credentialsProvider(
                StaticCredentialsProvider.create(AwsBasicCredentials.create("any", "any")))
            .overrideConfiguration(once -> once.retryStrategy(DefaultRetryStrategy.doNotRetry()))
            .httpClientBuilder(AwsCrtAsyncHttpClient.builder())
            .build();
    name = tables.get(0).name();
  }

  void put(int number, int bytes) {
    client.putItem(put -> put.tableName(name).item(item(number, bytes))).join();
  }

  /** Reads what was put. */
  void query() {
    client
        .query(
            query ->
                query
                    .tableName(name)
                    .keyConditionExpression("pk = :p")
                    .expressionAttributeValues(Map.of(":p", AttributeValue.fromS("p"))))
        .join();
  }

  /** An item of this size, in the one partition of all items here. */
  static Map<String, AttributeValue> item(int number, int bytes) {
    return Map.of(
        "pk", AttributeValue.fromS("p"),
        "sk", AttributeValue.fromS(String.valueOf(number)),
        "text", AttributeValue.fromS("x".repeat(bytes - BYTES_OF_KEYS)));
  }

  /** Quotas that were hit. */
  Map<String, Long> hits() {
    Map<String, Long> hits = new TreeMap<>();
    quotas.putCounters(hits);
    return hits;
  }

  @Override
  public void close() {
    client.close();
    store.close();
  }
}
