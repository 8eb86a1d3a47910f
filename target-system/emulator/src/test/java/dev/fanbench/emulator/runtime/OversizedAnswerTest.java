package dev.fanbench.emulator.runtime;

import static dev.fanbench.emulator.runtime.FunctionFolder.ask;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpServer;
import dev.fanbench.emulator.Emulator;
import dev.fanbench.emulator.StandardError;
import dev.fanbench.emulator.quota.QuotaSet;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Answers that are far longer than Lambda allows, and refusals of the Runtime API. */
@Timeout(60)
class OversizedAnswerTest {
  private static final String NODE =
      """
      exports.handler = async (event) => {
        if (event.body === undefined) console.log('the handler was called');
        return { statusCode: 200, body: event.body === 'long' ? 'x'.repeat(LENGTH) : `${process.pid}` };
      };
      """;

  private static final String PYTHON =
      """
      import os
      def handler(event, context):
          if "body" not in event:
              print("the handler was called")
          return {"statusCode": 200, "body": "x" * LENGTH if event["body"] == "long" else str(os.getpid())}
      """;

  @TempDir private Path folder;

  @BeforeAll
  static void assumeInstalled() {
    FunctionFolder.assumeInstalled("python3", "node");
  }

  private FunctionFolder function(String runtime, int answerBytes) throws Exception {
    String length = String.valueOf(answerBytes);
    return new FunctionFolder(folder, "Runtime: %s, Handler: app.handler".formatted(runtime))
        .file("app.js", NODE.replace("LENGTH", length))
        .file("app.py", PYTHON.replace("LENGTH", length));
  }

  @ParameterizedTest
  @CsvSource({"nodejs22.x, 9000", "nodejs22.x, 3000000", "python3.12, 9000", "python3.12, 3000000"})
  void answerOverTwiceTheQuotaIsAnErrorAndKeepsTheProcess(String runtime, int answerBytes)
      throws Exception {
    try (StandardError errors = StandardError.kept();
        Emulator emulator =
            function(runtime, answerBytes)
                .start(
                    options -> options.withQuotas(QuotaSet.of(Map.of("payloadBytes", 4_000L))))) {
      String first = ask(emulator, "hello");
      assertTrue(ask(emulator, "long").startsWith("{\"message\": \"Internal server error\""));
      assertEquals(1, errors.with("Echo failed: Function.ResponseSizeTooLarge").size());
      assertEquals(first, ask(emulator, "hello"));
      assertEquals(List.of(), errors.with("the handler was called"));
    }
  }

  /** Without an end, the runtime would give each refusal to the handler as an event. */
  @ParameterizedTest
  @CsvSource({
    "nodejs22.x, node, runtime.mjs, 403",
    "nodejs22.x, node, runtime.mjs, 200",
    "python3.12, python3, runtime.py, 403",
    "python3.12, python3, runtime.py, 200"
  })
  void processEndsWhenItIsGivenNoRequest(String runtime, String program, String file, int status)
      throws Exception {
    function(runtime, 1);
    List<String> calls = Collections.synchronizedList(new ArrayList<>());
    HttpServer api =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    api.createContext(
        "/",
        exchange -> {
          calls.add(exchange.getRequestMethod() + " " + exchange.getRequestURI().getPath());
          byte[] refusal = "{\"errorType\":\"Refused\"}".getBytes(StandardCharsets.UTF_8);
          exchange.sendResponseHeaders(status, refusal.length);
          exchange.getResponseBody().write(refusal);
          exchange.close();
        });
    api.start();
    try (RuntimeFolder runtimes = RuntimeFolder.create()) {
      ProcessBuilder builder =
          new ProcessBuilder(program, runtimes.file(file).toString()).redirectErrorStream(true);
      builder
          .environment()
          .putAll(
              Map.of(
                  "AWS_LAMBDA_RUNTIME_API",
                  "127.0.0.1:" + api.getAddress().getPort(),
                  "LAMBDA_TASK_ROOT",
                  folder.toString(),
                  "_HANDLER",
                  "app.handler"));
      Process process = builder.start();
      boolean ended = process.waitFor(20, TimeUnit.SECONDS);
      if (!ended) {
        process.destroyForcibly();
      }
      assertTrue(ended, "it goes on");
      List<String> lines = process.inputReader().lines().toList();
      String sentence =
          "the Runtime API gives no request: " + status + " {\"errorType\":\"Refused\"}";
      assertEquals(List.of(sentence), lines);
      assertEquals(1, process.exitValue());
      assertEquals(List.of("GET /2018-06-01/runtime/invocation/next"), calls);
    } finally {
      api.stop(0);
    }
  }
}
