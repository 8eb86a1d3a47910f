package dev.fanbench.emulator.runtime;

import static dev.fanbench.emulator.runtime.FunctionFolder.ask;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.fanbench.emulator.Client;
import dev.fanbench.emulator.Emulator;
import dev.fanbench.emulator.StandardError;
import dev.fanbench.emulator.TestApi;
import dev.fanbench.emulator.template.TemplateException;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Functions in processes of their own, behind the route of a real client. */
@Timeout(60)
class ProcessFunctionTest extends ProcessFixture {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String CUSTOM = "Runtime: provided.al2023";

  @Test
  void pythonFunctionKnowsItsRequestAndItsEnvironment() throws Exception {
    String code =
        """
        import json, os
        def handler(event, context):
            left = context.get_remaining_time_in_millis()
            known = [context.function_name, context.memory_limit_in_mb, 0 < left <= 10000]
            return {"statusCode": 200, "body": json.dumps({"known": known, "env": dict(os.environ)})}
        """;
    String properties =
        PYTHON + ", MemorySize: 256, Environment: {Variables: {TABLE: chat, AWS_REGION: other}}";
    FunctionFolder function = new FunctionFolder(folder, properties).file("app.py", code);
    try (Emulator emulator = function.start()) {
      JsonNode answer = JSON.readTree(ask(emulator, "hello"));
      assertEquals("[\"Echo\",\"256\",true]", answer.path("known").toString());
      Map<?, ?> variables = JSON.convertValue(answer.path("env"), Map.class);
      assertEquals("chat", variables.get("TABLE"));
      assertEquals("us-east-1", variables.get("AWS_REGION"));
      assertEquals("app.handler", variables.get("_HANDLER"));
      assertEquals(folder.toString(), variables.get("LAMBDA_TASK_ROOT"));
      assertEquals("Echo", variables.get("AWS_LAMBDA_FUNCTION_NAME"));
      assertEquals("256", variables.get("AWS_LAMBDA_FUNCTION_MEMORY_SIZE"));
      assertEquals("$LATEST", variables.get("AWS_LAMBDA_FUNCTION_VERSION"));
      assertEquals("local", variables.get("AWS_SECRET_ACCESS_KEY"));
      assertEquals(
          emulator.url().toString().replace("ws:", "http:"),
          variables.get("AWS_ENDPOINT_URL_APIGATEWAYMANAGEMENTAPI"));
      assertEquals("http://127.0.0.1:1", variables.get("AWS_ENDPOINT_URL_DYNAMODB"));
      assertFalse(variables.containsKey("JAVA_HOME") || variables.containsKey("CI"));
    }
  }

  @Test
  void variablesOfTheOptionsReplaceThoseOfTheTemplate() throws Exception {
    String code =
        """
        import os
        def handler(event, context):
            return {"statusCode": 200, "body": os.environ["TABLE"]}
        """;
    FunctionFolder function =
        new FunctionFolder(folder, PYTHON + ", Environment: {Variables: {TABLE: chat}}")
            .file("app.py", code);
    try (Emulator emulator =
        function.start(options -> options.withVariables(Map.of("TABLE", "other")))) {
      assertEquals("other", ask(emulator, "hello"));
    }
  }

  @Test
  void globalsGiveDefaultsToFunctionsAndTheirVariables() throws Exception {
    String code =
        """
        import os
        def handler(event, context):
            return {"statusCode": 200, "body": os.environ["A"] + os.environ["B"]}
        """;
    FunctionFolder function =
        new FunctionFolder(folder, "Handler: app.handler, Environment: {Variables: {B: own}}")
            .replacing(
                "Function: {Timeout: 10}",
                "Function: {Timeout: 10, Runtime: python3.12, CodeUri: src,"
                    + " Environment: {Variables: {A: global, B: global}}}")
            .file("src/app.py", code);
    try (Emulator emulator = function.start()) {
      assertEquals("globalown", ask(emulator, "hello"));
    }
  }

  @Test
  void bootstrapSpeaksToTheRuntimeApi() throws Exception {
    try (Emulator emulator =
        new FunctionFolder(folder, CUSTOM).bootstrap(answering("200")).start()) {
      assertTrue(ask(emulator, "hello").startsWith("heard from "));
      assertTrue(ask(emulator, "hello").startsWith("heard from "));
      assertEquals(1, emulator.counters().get("lambda.environments"));
    }
  }

  /** A custom runtime whose answers have this status, written as it is. */
  private static String answering(String status) {
    return """
        #!/bin/bash
        set -eu
        api=http://$AWS_LAMBDA_RUNTIME_API/2018-06-01/runtime/invocation
        head=$(mktemp)
        trap 'rm -f "$head"' EXIT
        while true; do
          curl -sS -D "$head" -o /dev/null "$api/next"
          id=$(tr -d '\\r' <"$head" | sed -n 's/^[Ll]ambda-[Rr]untime-[Aa]ws-[Rr]equest-[Ii]d: //p')
          curl -sS -o /dev/null -X POST "$api/$id/response" -d '{"statusCode":STATUS,"body":"heard from '$$'"}'
        done
        """
        .replace("STATUS", status);
  }

  @Test
  void answerThatIsNoJsonIsMalformed() throws Exception {
    try (StandardError errors = StandardError.kept();
        Emulator emulator =
            new FunctionFolder(folder, CUSTOM).bootstrap(answering("two hundred")).start()) {
      assertTrue(ask(emulator, "hello").startsWith(ERROR_FRAME));
      assertEquals(1, errors.with("the answer of Echo is malformed").size());
    }
  }

  @Test
  void requestsOneAfterAnotherShareAProcess() throws Exception {
    try (Emulator emulator = python(PID)) {
      assertEquals(processId(ask(emulator, "one")), processId(ask(emulator, "two")));
      assertEquals(1, emulator.counters().get("lambda.inits"));
      assertTrue(emulator.counters().get("lambda.initMillis") > 0);
      assertTrue(emulator.counters().containsKey("lambda.firstMillis"));
    }
  }

  @Test
  void requestsAtTheSameTimeHaveProcessesOfTheirOwn() throws Exception {
    String code =
        """
        import os, socket
        def handler(event, context):
            with socket.create_connection(("127.0.0.1", int(event["body"]))) as gate:
                gate.recv(1)
            return {"statusCode": 200, "body": "%d " % os.getpid()}
        """;
    try (Emulator emulator = python(code);
        ServerSocket gate = new ServerSocket(0)) {
      gate.setSoTimeout(10_000);
      Client client = Client.connect(emulator.url());
      String port = String.valueOf(gate.getLocalPort());
      client.send(port);
      client.send(port);
      try (Socket one = gate.accept();
          Socket two = gate.accept()) {
        assertNotEquals(one.getPort(), two.getPort());
      }
      assertNotEquals(client.next(), client.next());
      client.close(1000, "done");
    }
  }

  @Test
  void linesCarryTheFunctionAndTheRequest() throws Exception {
    try (StandardError errors = StandardError.kept();
        Emulator emulator = python(PID)) {
      String answer = ask(emulator, "hello");
      String requestId = answer.substring(answer.indexOf(' ') + 1);
      String line = "[Echo " + requestId + "] heard hello";
      TestApi.await(() -> errors.with("heard").equals(List.of(line)));
      assertTrue(errors.with("[Echo INIT] init ").get(0).contains("ms, process "));
    }
  }

  @Test
  void layersLieOnThePathsOfBothLanguages() throws Exception {
    String layer =
        """
        Shared:
          Type: AWS::Serverless::LayerVersion
          Properties: {ContentUri: layer}
        """;
    FunctionFolder python =
        new FunctionFolder(
                folder, PYTHON + ", Layers: [!Ref Shared, 'arn:aws:lambda:x:1:layer:y:1']")
            .with(layer)
            .file("layer/python/shared.py", "WORD = 'from the layer'")
            .file("layer/nodejs/node_modules/shared/index.js", "exports.word = 'from the layer';")
            .file("layer/bin/tool", "")
            .file(
                "app.js",
                "const { word } = require('shared'); exports.handler = async () => ({ statusCode: 200, body: word });")
            .file(
                "app.py",
                "import shared\ndef handler(event, context):\n    return {'statusCode': 200, 'body': shared.WORD}");
    try (Emulator emulator = python.start()) {
      assertEquals("from the layer", ask(emulator, "hello"));
    }
    try (Emulator emulator = python.replacing("python3.12", "nodejs22.x").start()) {
      assertEquals("from the layer", ask(emulator, "hello"));
    }
  }

  @Test
  void oldBotocoreIsGivenTheEndpoints() throws Exception {
    String session =
        """
        class Session:
            def create_client(self, service_name, region_name=None, api_version=None, use_ssl=True, verify=None, endpoint_url=None):
                return str(endpoint_url)
        """;
    String code =
        """
        from botocore.session import Session
        def handler(event, context):
            own = Session().create_client("dynamodb", endpoint_url="http://own")
            return {"statusCode": 200, "body": Session().create_client("dynamodb") + " " + own}
        """;
    FunctionFolder function =
        new FunctionFolder(folder, PYTHON)
            .file("botocore/__init__.py", "")
            .file("botocore/session.py", session)
            .file("botocore-1.29.27.dist-info/METADATA", "Name: botocore\nVersion: 1.29.27\n")
            .file("app.py", code);
    try (Emulator emulator = function.start()) {
      assertEquals("http://127.0.0.1:1 http://own", ask(emulator, "hello"));
    }
    function.file("botocore-1.29.27.dist-info/METADATA", "Name: botocore\nVersion: 1.31.0\n");
    try (Emulator emulator = function.start()) {
      assertEquals("None http://own", ask(emulator, "hello"));
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "Runtime: ruby3.3, Handler: app.handler|Echo.Runtime is ruby3.3; the emulator has java…, nodejs…, python3… and provided…",
        "Runtime: python3.12, Handler: ../app.handler|Echo.Handler is ../app.handler; the emulator has FILE.FUNCTION, below CodeUri",
        "Runtime: python3.12, Handler: ./app.handler|Echo.Handler is ./app.handler; the emulator has FILE.FUNCTION, below CodeUri",
        "Runtime: nodejs22.x, Handler: ../app.handler|Echo.Handler is ../app.handler; the emulator has FILE.FUNCTION",
        "Runtime: nodejs22.x, Handler: ./../app.handler|Echo.Handler is ./../app.handler; the emulator has FILE.FUNCTION",
        "Runtime: nodejs22.x, Handler: /etc/app.handler|Echo.Handler is /etc/app.handler; the emulator has FILE.FUNCTION",
        "Runtime: nodejs22.x, Handler: 'a;b.c'|Echo.Handler is a;b.c; the emulator has FILE.FUNCTION",
        "Runtime: nodejs22.x, Handler: app|Echo.Handler is app; the emulator has FILE.FUNCTION",
        "Runtime: python3.12, Handler: app.handler, CodeUri: s3://bucket/key|Echo.CodeUri is s3://bucket/key; the emulator has folders and archives beside the template",
        "Runtime: python3.12, Handler: app.handler, CodeUri: missing|the code of Echo is missing, which is no folder and no .zip or .jar file below",
        "Runtime: provided.al2023|Echo.Runtime is provided.al2023, but there is no executable file bootstrap in",
        "Runtime: python3.12, Handler: app.handler, Timeout: 901|Echo.Timeout is 901; Lambda allows 1 to 900",
        "Runtime: python3.12, Handler: app.handler, Layers: [a, b, c, d, e, f]|Echo.Layers has 6 layers; Lambda allows 5"
      })
  void functionThatCannotRunHereIsRefusedAtTheStart(String properties, String sentence) {
    FunctionFolder function = new FunctionFolder(folder, properties);
    TemplateException refused =
        assertThrows(TemplateException.class, () -> function.start().close());
    assertTrue(refused.getMessage().startsWith(sentence), refused.getMessage());
  }

  @Test
  void unauthorizedOfAnAuthorizerIs401() throws Exception {
    FunctionFolder function =
        new FunctionFolder(folder, PYTHON)
            .replacing(
                "RouteKey: $default,",
                "RouteKey: $connect, AuthorizationType: CUSTOM, AuthorizerId: !Ref Guard,")
            .with(
                """
                Guard:
                  Type: AWS::ApiGatewayV2::Authorizer
                  Properties:
                    ApiId: !Ref Api
                    AuthorizerType: REQUEST
                    AuthorizerUri: !Sub "arn:aws:apigateway:x:lambda:path/2015-03-31/functions/${Echo.Arn}/invocations"
                """)
            .file("app.py", "def handler(event, context):\n    raise Exception('Unauthorized')\n");
    try (Emulator emulator = function.start()) {
      assertEquals(401, Client.refusal(emulator.url()));
    }
  }

  @Test
  void codeMayLieInAnArchiveOrInTheTemplate() throws Exception {
    FunctionFolder.assumeInstalled("python3");
    try (ZipOutputStream zip =
        new ZipOutputStream(Files.newOutputStream(folder.resolve("echo.zip")))) {
      zip.putNextEntry(new ZipEntry("lib/app.py"));
      zip.write(PID.getBytes(StandardCharsets.UTF_8));
    }
    String packaged =
        "Runtime: python3.12, Timeout: 10, Handler: lib/app.handler, Code: {S3Bucket: b, S3Key: a/b/echo.zip}";
    String inline =
        "Runtime: python3.12, Timeout: 10, Handler: index.handler, Code: {ZipFile: 'def handler(event, context): return {\"statusCode\": 200, \"body\": \"here\"}'}";
    try (Emulator emulator = plain(packaged)) {
      assertTrue(ask(emulator, "hello").matches("\\d+ [0-9a-f-]+"));
    }
    try (Emulator emulator = plain(inline)) {
      assertEquals("here", ask(emulator, "hello"));
    }
  }

  private Emulator plain(String properties) throws IOException {
    return new FunctionFolder(folder, properties)
        .replacing("AWS::Serverless::Function", "AWS::Lambda::Function")
        .start();
  }
}
