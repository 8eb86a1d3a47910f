package dev.fanbench.emulator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.fanbench.emulator.template.Template;
import dev.fanbench.emulator.template.TemplateException;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Integrations of type {@code AWS}. */
@Timeout(60)
class AwsIntegrationTest {
  private static final String TEMPLATE =
      """
      Resources:
        Api:
          Type: AWS::ApiGatewayV2::Api
          Properties: {ProtocolType: WEBSOCKET, RouteSelectionExpression: $request.body.action}
        Stage: {Type: AWS::ApiGatewayV2::Stage, Properties: {ApiId: !Ref Api, StageName: dev}}
        Route:
          Type: AWS::ApiGatewayV2::Route
          Properties: {ApiId: !Ref Api, RouteKey: $connect, Target: !Sub "integrations/${Started}"}
        Started:
          Type: AWS::ApiGatewayV2::Integration
          Properties:
            ApiId: !Ref Api
            IntegrationType: AWS
            IntegrationUri: !Sub "arn:aws:apigateway:${AWS::Region}:lambda:path/2015-03-31/functions/${Work.Arn}/invocations"
            RequestParameters: {integration.request.header.X-Amz-Invocation-Type: "'Event'"}
            TemplateSelectionExpression: \\$default
            RequestTemplates: {$default: '{"id": "$context.connectionId"}'}
        Work: {Type: AWS::Serverless::Function, Properties: {Handler: test.Work}}
      """;

  @Test
  void asynchronousInvocationIsAnsweredBeforeTheFunctionEnds() throws Exception {
    CountDownLatch mayEnd = new CountDownLatch(1);
    try (TestApi api = TestApi.start(options -> options.withTemplate(TEMPLATE))) {
      api.on(
          "Work",
          event -> {
            mayEnd.await();
            return "{}";
          });
      Client client = Client.connect(api.url());
      assertEquals(16, api.event("Work").get("id").asText().length());
      mayEnd.countDown();
      client.close(1000, "done");
    }
  }

  @Test
  void asynchronousFunctionMayFailWithoutTheClient() throws Exception {
    try (TestApi api = TestApi.start(options -> options.withTemplate(TEMPLATE))) {
      api.on(
          "Work",
          event -> {
            throw new IllegalStateException("no luck");
          });
      Client client = Client.connect(api.url());
      TestApi.await(() -> api.emulator().counters().get("lambda.failures") == 1);
      client.close(1000, "done");
    }
  }

  @ParameterizedTest
  @CsvSource({"Event, 202", "DryRun, 204", "RequestResponse, 200", "Later, 400"})
  void functionsChooseHowTheyInvokeEachOther(String type, int status) throws Exception {
    CountDownLatch mayEnd = new CountDownLatch(1);
    boolean waits = type.equals("RequestResponse");
    try (TestApi api = TestApi.start(options -> options.withTemplate(TEMPLATE))) {
      api.on(
          "Work",
          event -> {
            mayEnd.await();
            return "{}";
          });
      if (waits) {
        mayEnd.countDown();
      }
      URI work =
          URI.create(
              System.getProperty("aws.endpointUrlLambda")
                  + "/2015-03-31/functions/Work/invocations");
      assertEquals(
          status,
          TestApi.send(work, "POST", "{}", Map.of("X-Amz-Invocation-Type", List.of(type)))
              .statusCode());
      boolean runs = waits || type.equals("Event");
      if (runs) {
        api.event("Work");
      }
      mayEnd.countDown();
      TestApi.await(() -> api.emulator().counters().get("aws.invocations") == (runs ? 1 : 0));
    }
  }

  @ParameterizedTest
  @CsvSource({
    "sqs, SendMessage, SQS",
    "sns, Publish, SNS",
    "events, PutEvents, EventBridge",
    "states, StartExecution, Step Functions",
    "athena, ListQueryExecutions, athena"
  })
  void otherServicesAreRefusedByName(String service, String action, String words) {
    String other =
        TEMPLATE.replaceFirst(
            "IntegrationUri: .*",
            "IntegrationUri: arn:aws:apigateway:us-east-1:" + service + ":action/" + action);
    String message = refusal(other);
    String start =
        "route $connect, by Started.IntegrationUri, calls %s (action/%s); of AWS the emulator has"
            + " Lambda functions, and of DynamoDB the actions BatchGetItem, ";
    assertTrue(message.startsWith(start.formatted(words, action)), message);
  }

  @Test
  void otherInvocationTypesAreRefused() {
    String dry = TEMPLATE.replace("'Event'", "'DryRun'");
    String message = refusal(dry);
    assertTrue(
        message.startsWith("Started.RequestParameters is not supported with IntegrationType AWS"),
        message);
  }

  private static String refusal(String template) {
    return assertThrows(
            TemplateException.class, () -> Template.parse(template, "us-east-1", Map.of()))
        .getMessage();
  }
}
