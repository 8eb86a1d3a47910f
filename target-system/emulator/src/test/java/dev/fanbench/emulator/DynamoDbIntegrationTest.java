package dev.fanbench.emulator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.fanbench.emulator.store.LocalStore;
import dev.fanbench.emulator.template.Template;
import dev.fanbench.emulator.template.TemplateException;
import java.io.IOException;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Routes that read and write a table of DynamoDB without a function. */
@Timeout(60)
class DynamoDbIntegrationTest {
  private static final String TEMPLATE = TestApi.template("items.yaml");

  private TestApi api;

  @BeforeEach
  void start() throws IOException {
    api = start(TEMPLATE);
  }

  @AfterEach
  void stop() {
    api.close();
  }

  private static TestApi start(String template) throws IOException {
    return TestApi.start(options -> options.withTemplate(template).withStore(LocalStore::start));
  }

  @Test
  void routesPutUpdateQueryAndDelete() throws Exception {
    Client ada = Client.connect(api.url());
    assertEquals(1, calls("PutItem"));
    ada.send("{\"action\":\"say\",\"words\":\"h\u00e9 \\\"quoted\\\"\"}");
    assertEquals("{}", ada.next());
    ada.send("{\"action\":\"members\"}");
    assertEquals("1 h\u00e9 \"quoted\";", ada.next());
    ada.close(1000, "");
    TestApi.await(() -> calls("DeleteItem") == 1);

    Client bob = Client.connect(api.url());
    bob.send("{\"action\":\"members\"}");
    assertEquals("0 ;", bob.next());
    bob.close(1000, "");
    assertTrue(api.emulator().counters().get("aws.wru") >= 3);
  }

  @Test
  void messageWithoutATemplateIsTheRequest() throws Exception {
    Client client = Client.connect(api.url());
    String get =
        "{\"TableName\":\"Table\",%s\"Key\":{\"room\":{\"S\":\"x\"},\"id\":{\"S\":\"y\"}}}";
    client.send(get.formatted(""));
    assertEquals("{}", client.next());
    client.send(get.formatted("\"ReturnConsumedCapacity\":\"TOTAL\","));
    JsonNode answer = new ObjectMapper().readTree(client.next());
    assertEquals("Table", answer.at("/ConsumedCapacity/TableName").asText());
    client.close(1000, "");
  }

  @ParameterizedTest
  @ValueSource(strings = {" ", "\n\t \r\n"})
  void requestMayBeginWithWhiteSpace(String space) throws Exception {
    Client client = Client.connect(api.url());
    client.send(
        space
            + "{"
            + space
            + "\"TableName\":\"Table\",\"Key\":{\"room\":{\"S\":\"x\"},\"id\":{\"S\":\"y\"}}}");
    assertEquals("{}", client.next());
    client.close(1000, "");
  }

  @ParameterizedTest
  @ValueSource(strings = {"{}", "{ }", " {\n}"})
  void requestWithoutMembersIsRefusedInTheWordsOfTheDatabase(String request) throws Exception {
    Client client = Client.connect(api.url());
    client.send(request);
    String answer = client.next();
    assertTrue(answer.contains("ValidationException"), answer);
    client.close(1000, "");
  }

  @Test
  void threadsOfTheCallerEndWithTheEmulator() throws Exception {
    Set<Thread> before = callers();
    try (TestApi other = start(TEMPLATE)) {
      Client client = Client.connect(other.url());
      client.send("{\"action\":\"members\"}");
      client.next();
      client.close(1000, "");
      assertFalse(before.containsAll(callers()));
    }
    Set<Thread> started = callers();
    started.removeAll(before);
    for (Thread each : started) {
      each.join(10_000);
      assertFalse(each.isAlive(), each.getName());
    }
  }

  private static Set<Thread> callers() {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> thread.getName().startsWith("loop-http"))
        .collect(Collectors.toCollection(HashSet::new));
  }

  @Test
  void refusalOfTheTableIsTheAnswer() throws Exception {
    Client client = Client.connect(api.url());
    client.send("{\"TableName\":\"None\",\"Key\":{\"room\":{\"S\":\"x\"},\"id\":{\"S\":\"y\"}}}");
    String answer = client.next();
    assertTrue(answer.contains("ResourceNotFoundException"), answer);
    client.close(1000, "");
  }

  @Test
  void conditionDecidesAboutAClient() throws Exception {
    String guarded =
        TEMPLATE.replaceFirst(
            "\\{\"TableName\": \"\\$\\{Table}\",\n",
            "{\"TableName\": \"\\${Table}\", \"ConditionExpression\": \"attribute_exists(id)\",\n");
    assertFalse(guarded.equals(TEMPLATE));
    try (TestApi other = start(guarded)) {
      assertEquals(400, Client.refusal(other.url()));
    }
  }

  @Test
  void onlyActionsOnItemsAreTaken() {
    assertEquals(
        "route $connect, by Connect.IntegrationUri, calls DynamoDB (action/CreateTable); of AWS the"
            + " emulator has Lambda functions, and of DynamoDB the actions BatchGetItem,"
            + " BatchWriteItem, DeleteItem, GetItem, PutItem, Query, Scan, TransactGetItems,"
            + " TransactWriteItems, UpdateItem",
        refusal(TEMPLATE.replace("action/PutItem", "action/CreateTable")));
  }

  @Test
  void invocationTypeIsOneOfFunctions() {
    String event =
        TEMPLATE.replace(
            "CredentialsArn: !GetAtt Role.Arn",
            "RequestParameters: {integration.request.header.X-Amz-Invocation-Type: \"'Event'\"}");
    assertEquals(
        "Connect.RequestParameters chooses an invocation type, which DynamoDB does not have",
        refusal(event));
  }

  @Test
  void redisIsNoTable() {
    String redis =
        TEMPLATE
            + "  Talk:\n    Type: AWS::Serverless::Function\n    Properties:\n"
            + "      Handler: test.Talk\n"
            + "      Environment: {Variables: {STORE: \"redis://127.0.0.1:1\"}}\n";
    assertEquals(
        "route $connect calls DynamoDB, but the functions have a Redis; the emulator has one store",
        refusal(redis));
  }

  private static String refusal(String template) {
    return assertThrows(
            TemplateException.class, () -> Template.parse(template, "us-east-1", Map.of()))
        .getMessage();
  }

  private long calls(String action) {
    return api.emulator().counters().getOrDefault("dynamodb." + action, 0L);
  }
}
