package dev.fanbench.functions.aws;

import java.net.URI;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.http.async.SdkAsyncHttpClient;
import software.amazon.awssdk.http.crt.AwsCrtAsyncHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.DynamoDbAsyncClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeDefinition;
import software.amazon.awssdk.services.dynamodb.model.BillingMode;
import software.amazon.awssdk.services.dynamodb.model.KeySchemaElement;
import software.amazon.awssdk.services.dynamodb.model.KeyType;
import software.amazon.awssdk.services.dynamodb.model.ScalarAttributeType;
import software.amazon.dynamodb.services.local.server.LocalDynamoDBRequestHandler;
import software.amazon.dynamodb.services.local.server.LocalDynamoDBServerHandler;

/** A table in DynamoDB Local, over HTTP, and a real client that counts its calls. */
final class LocalTable {
  static final String NAME = "chat";

  /** When all tests of tables take place; DynamoDB Local has no time of its own in them. */
  static final Clock CLOCK = Clock.fixed(Instant.parse("2026-11-21T12:00:00Z"), ZoneOffset.UTC);

  private final Server server = new Server();
  private final AtomicInteger calls = new AtomicInteger();
  private final SdkAsyncHttpClient http =
      AwsCrtAsyncHttpClient.builder().maxConcurrency(50).build();
  private final URI endpoint;
  private final DynamoDbAsyncClient client;

  LocalTable() throws Exception {
    System.setProperty(
        "log4j2.loggerContextFactory",
        "org.apache.logging.log4j.simple.SimpleLoggerContextFactory");
    ServerConnector connector = new ServerConnector(server, 1, 1);
    connector.setHost("127.0.0.1");
    server.addConnector(connector);
    server.setHandler(
        new LocalDynamoDBServerHandler(
            new LocalDynamoDBRequestHandler(0, true, null, true, false), null));
    server.start();
    endpoint = URI.create("http://127.0.0.1:" + connector.getLocalPort());
    client = client(new Counter(calls));
    client
        .createTable(
            table ->
                table
                    .tableName(NAME)
                    .billingMode(BillingMode.PAY_PER_REQUEST)
                    .attributeDefinitions(text("pk"), text("sk"))
                    .keySchema(key("pk", KeyType.HASH), key("sk", KeyType.RANGE)))
        .join();
  }

  private DynamoDbAsyncClient client(ExecutionInterceptor interceptor) {
    return DynamoDbAsyncClient.builder()
        .endpointOverride(endpoint)
        .region(Region.US_EAST_1)
        .credentialsProvider(
            StaticCredentialsProvider.create(AwsBasicCredentials.create("any", "local")))
        .httpClient(http)
        .overrideConfiguration(
            configuration -> configuration.executionInterceptors(List.of(interceptor)))
        .build();
  }

  DynamoDbAsyncClient client() {
    return client;
  }

  /** A client of a process that dies when it makes one more call than this. */
  DynamoDbAsyncClient dyingAfter(int most) {
    return client(new Mortal(new AtomicInteger(most)));
  }

  /** Calls since the last look. */
  int calls() {
    return calls.getAndSet(0);
  }

  void close() throws Exception {
    client.close();
    http.close();
    server.stop();
  }

  private static AttributeDefinition text(String name) {
    return AttributeDefinition.builder()
        .attributeName(name)
        .attributeType(ScalarAttributeType.S)
        .build();
  }

  private static KeySchemaElement key(String name, KeyType type) {
    return KeySchemaElement.builder().attributeName(name).keyType(type).build();
  }

  private record Counter(AtomicInteger calls) implements ExecutionInterceptor {
    @Override
    public void beforeTransmission(
        Context.BeforeTransmission context, ExecutionAttributes attributes) {
      calls.incrementAndGet();
    }
  }

  private record Mortal(AtomicInteger left) implements ExecutionInterceptor {
    @Override
    public void beforeTransmission(
        Context.BeforeTransmission context, ExecutionAttributes attributes) {
      if (left.getAndDecrement() <= 0) {
        throw new IllegalStateException("died");
      }
    }
  }
}
