package dev.fanbench.emulator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.fanbench.emulator.runtime.FunctionFolder;
import dev.fanbench.emulator.template.Template;
import dev.fanbench.emulator.template.TemplateException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Names of functions: those of the template, and those that Lambda knows. */
@Timeout(60)
class FunctionNamingTest {
  private static final String ARN = "arn:aws:lambda:us-east-1:000000000000:function:rooms-work";
  private static final String KNOWN = "rooms-work " + ARN;
  private static final String TEMPLATE =
      """
      Parameters:
        Service: {Type: String, Default: rooms}
      Resources:
        Api:
          Type: AWS::ApiGatewayV2::Api
          Properties: {ProtocolType: WEBSOCKET, RouteSelectionExpression: $request.body.action}
        Stage: {Type: AWS::ApiGatewayV2::Stage, Properties: {ApiId: !Ref Api, StageName: dev}}
        Route:
          Type: AWS::ApiGatewayV2::Route
          Properties: {ApiId: !Ref Api, RouteKey: $default, Target: !Sub "integrations/${Called}"}
        RouteResponse:
          Type: AWS::ApiGatewayV2::RouteResponse
          Properties: {ApiId: !Ref Api, RouteId: !Ref Route, RouteResponseKey: $default}
        Called:
          Type: AWS::ApiGatewayV2::Integration
          Properties:
            ApiId: !Ref Api
            IntegrationType: AWS_PROXY
            IntegrationUri: arn:aws:apigateway:eu-west-1:lambda:path/2015-03-31/functions/arn:aws:lambda:eu-west-1:123456789012:function:rooms-work:live/invocations
        Live:
          Type: AWS::Lambda::Alias
          Properties: {FunctionName: !Ref Work, FunctionVersion: "1", Name: live}
        Work:
          Type: AWS::Serverless::Function
          Properties: {Handler: test.Work, FunctionName: !Sub "${Service}-work"}
        Other:
          Type: AWS::Serverless::Function
          Properties:
            Handler: test.Other
            Environment: {Variables: {NAME: !Ref Work, ARN: !GetAtt Work.Arn, LIVE: !Ref Live, OWN: !Ref Api}}
      """;

  /** Each function answers its name and its ARN. */
  private static TestApi start() throws Exception {
    return TestApi.start(
        options ->
            options
                .withTemplate(TEMPLATE)
                .withHandlers(
                    function ->
                        (in, out, context) ->
                            out.write(
                                "{\"statusCode\":200,\"body\":\"%s %s\"}"
                                    .formatted(
                                        context.getFunctionName(), context.getInvokedFunctionArn())
                                    .getBytes(StandardCharsets.UTF_8))));
  }

  private static HttpResponse<String> invoke(String name) throws Exception {
    URI address =
        URI.create(
            "%s/2015-03-31/functions/%s/invocations"
                .formatted(
                    System.getProperty("aws.endpointUrlLambda"),
                    URLEncoder.encode(name, StandardCharsets.UTF_8)));
    return TestApi.send(address, "POST", "{}", Map.of());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Work",
        "rooms-work",
        "rooms-work:live",
        "rooms-work:$LATEST",
        ARN,
        ARN + ":live",
        "000000000000:function:rooms-work",
        "function:rooms-work:1"
      })
  void everyNameOfAFunctionInvokesIt(String name) throws Exception {
    try (TestApi api = start()) {
      HttpResponse<String> answer = invoke(name);
      assertEquals(200, answer.statusCode());
      assertEquals("{\"statusCode\":200,\"body\":\"" + KNOWN + "\"}", answer.body());
      assertEquals(1, api.emulator().counters().get("aws.invocations"));
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "rooms",
        "rooms-work-2",
        "arn:aws:lambda:us-east-1:000000000000:function:works",
        "arn:aws:sns:us-east-1:000000000000:rooms-work",
        ":rooms-work"
      })
  void unknownNameIs404(String name) throws Exception {
    try (TestApi api = start()) {
      assertEquals(404, invoke(name).statusCode());
      assertEquals(0, api.emulator().counters().get("aws.invocations"));
    }
  }

  @Test
  void addressOfADeploymentLeadsToTheFunctionOfItsName() throws Exception {
    try (TestApi api = start()) {
      Client client = Client.connect(api.url());
      client.send("hello");
      assertEquals(KNOWN, client.next());
    }
  }

  @Test
  void referencesYieldTheNameThatLambdaKnows() {
    Template template = Template.parse(TEMPLATE, "us-east-1", Map.of());
    assertEquals(
        Map.of("NAME", "rooms-work", "ARN", ARN, "LIVE", ARN + ":live", "OWN", "Api"),
        template.functions().get("Other").variables());
    assertEquals("Other", template.functions().get("Other").arn().name());
  }

  @Test
  void twoFunctionsOfOneNameAreRefused() {
    String twice = TEMPLATE.replace("test.Other", "test.Other\n      FunctionName: rooms-work");
    assertEquals(
        "Work.FunctionName is rooms-work, as of Other",
        assertThrows(TemplateException.class, () -> Template.parse(twice, "us-east-1", Map.of()))
            .getMessage());
  }

  @Test
  void processKnowsItsName(@TempDir Path folder) throws Exception {
    FunctionFolder.assumeInstalled("python3");
    String code =
        """
        import os
        def handler(event, context):
            known = os.environ["AWS_LAMBDA_FUNCTION_NAME"] + " " + context.invoked_function_arn
            return {"statusCode": 200, "body": known}
        """;
    FunctionFolder function =
        new FunctionFolder(
                folder, "Runtime: python3.12, Handler: app.handler, FunctionName: rooms-work")
            .file("app.py", code);
    try (Emulator emulator = function.start()) {
      Client client = Client.connect(emulator.url());
      client.send("hello");
      assertEquals(KNOWN, client.next());
    }
  }
}
