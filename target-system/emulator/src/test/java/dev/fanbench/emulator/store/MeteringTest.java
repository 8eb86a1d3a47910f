package dev.fanbench.emulator.store;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.fanbench.emulator.latency.Latency;
import dev.fanbench.emulator.latency.LatencyModel;
import dev.fanbench.emulator.template.TableDefinition;
import dev.fanbench.emulator.template.Template;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.crt.AwsCrtAsyncHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.DynamoDbAsyncClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.WriteRequest;

/**
 * The rules of on-demand billing, as DynamoDB Local applies them, for a client that never asked.
 */
class MeteringTest {
  private static final int BYTES_OF_KEYS = 20;

  private LocalDynamoDb store;
  private String table;
  private DynamoDbAsyncClient client;

  @BeforeEach
  void start() {
    List<TableDefinition> tables =
        Template.parse(Template.builtIn(), "us-east-1", Map.of()).tables();
    store = LocalDynamoDb.start(tables, new Latency(LatencyModel.none(), 0));
    client =
        DynamoDbAsyncClient.builder()
            .endpointOverride(store.endpoint())
            .region(Region.US_EAST_1)
            .credentialsProvider(
                StaticCredentialsProvider.create(AwsBasicCredentials.create("any", "any")))
            .httpClientBuilder(AwsCrtAsyncHttpClient.builder())
            .build();
    table = client.listTables().join().tableNames().get(0);
  }

  @AfterEach
  void stop() {
    client.close();
    store.close();
  }

  @Test
  void aWriteUnitIsAKilobyteAndAReadUnitTwiceFour() {
    put(1, 2_500);
    assertEquals(3, store.counters().get("aws.wru"));
    put(2, 2_500);
    assertEquals(6, store.counters().get("aws.wru"));

    client
        .query(
            q ->
                q.tableName(table)
                    .keyConditionExpression("pk = :p")
                    .expressionAttributeValues(Map.of(":p", AttributeValue.fromS("p"))))
        .join();
    assertEquals(1, store.counters().get("aws.rru"));
    assertEquals(6, store.counters().get("aws.wru"));
  }

  @Test
  void aBatchIsTheSumOfItsItems() {
    List<WriteRequest> requests =
        IntStream.range(0, 25)
            .mapToObj(i -> WriteRequest.builder().putRequest(r -> r.item(item(i, 100))).build())
            .toList();
    client.batchWriteItem(b -> b.requestItems(Map.of(table, requests))).join();
    assertEquals(25, store.counters().get("aws.wru"));
  }

  private void put(int number, int bytes) {
    client.putItem(p -> p.tableName(table).item(item(number, bytes))).join();
  }

  private static Map<String, AttributeValue> item(int number, int bytes) {
    return Map.of(
        "pk", AttributeValue.fromS("p"),
        "sk", AttributeValue.fromS(String.valueOf(number)),
        "text", AttributeValue.fromS("x".repeat(bytes - BYTES_OF_KEYS)));
  }
}
