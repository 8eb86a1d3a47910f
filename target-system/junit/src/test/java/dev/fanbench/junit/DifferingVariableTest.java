package dev.fanbench.junit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.amazonaws.services.lambda.runtime.RequestHandler;
import dev.fanbench.emulator.template.TemplateException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Two functions whose template gives one variable two values. */
@Timeout(60)
class DifferingVariableTest {
  private static final String FUNCTION =
      """
        NAMERoute:
          Type: AWS::ApiGatewayV2::Route
          Properties: {ApiId: !Ref Api, RouteKey: NAME, Target: !Sub "integrations/${NAMECall}"}
        NAMEResponse:
          Type: AWS::ApiGatewayV2::RouteResponse
          Properties: {ApiId: !Ref Api, RouteId: !Ref NAMERoute, RouteResponseKey: $default}
        NAMECall:
          Type: AWS::ApiGatewayV2::Integration
          Properties:
            ApiId: !Ref Api
            IntegrationType: AWS_PROXY
            IntegrationUri: !Sub "arn:aws:apigateway:${AWS::Region}:lambda:path/2015-03-31/functions/${NAME.Arn}/invocations"
        NAME:
          Type: AWS::Serverless::Function
          Properties:
            Handler: test.NAME
            Environment: {Variables: {FANBENCH_DIFFERENT: of NAME, FANBENCH_COMMON: both}}
      """;
  private static final String TEMPLATE =
      """
      Resources:
        Api:
          Type: AWS::ApiGatewayV2::Api
          Properties: {ProtocolType: WEBSOCKET, RouteSelectionExpression: $request.body.action}
        Stage: {Type: AWS::ApiGatewayV2::Stage, Properties: {ApiId: !Ref Api, StageName: dev}}
      """
          + FUNCTION.replace("NAME", "One")
          + FUNCTION.replace("NAME", "Two");

  @TempDir private Path folder;
  private WebSocketApiBuilder settings;

  @BeforeEach
  void write() throws IOException {
    settings = WebSocketApi.of(Files.writeString(folder.resolve("template.yaml"), TEMPLATE));
  }

  private static RequestHandler<Object, Object> answering(FunctionEnvironment environment) {
    return (event, context) ->
        Map.of("statusCode", 200, "body", environment.variable("FANBENCH_DIFFERENT"));
  }

  @Test
  void handlersOfTheTestHaveTheVariablesOfTheirFunctions() {
    settings
        .handlerFrom("One", DifferingVariableTest::answering)
        .handlerFrom("Two", DifferingVariableTest::answering);
    try (WebSocketApi api = settings.start();
        ApiClient client = api.connect()) {
      for (String function : new String[] {"One", "Two"}) {
        client.send("{\"action\":\"%s\"}".formatted(function));
        assertEquals("of " + function, client.next());
      }
      assertNull(System.getProperty("FANBENCH_DIFFERENT"));
      assertEquals("both", System.getProperty("FANBENCH_COMMON"));
    }
  }

  @Test
  void otherFunctionHasItsValueAsAProperty() {
    settings.handlerFrom("One", DifferingVariableTest::answering);
    settings.start().close();
    assertEquals("of Two", System.getProperty("FANBENCH_DIFFERENT"));
  }

  @Test
  void valueOfTheTestEndsTheDifference() {
    settings.environment("FANBENCH_DIFFERENT", "of the test");
    settings.start().close();
    assertEquals("of the test", System.getProperty("FANBENCH_DIFFERENT"));
  }

  @Test
  void classesOfTheTemplateShareTheirProperties() {
    TemplateException refused =
        assertThrows(TemplateException.class, () -> settings.start().close());
    assertEquals(
        "the emulator runs all Java functions in one process, so FANBENCH_DIFFERENT cannot be both"
            + " of One and of Two",
        refused.getMessage());
  }
}
