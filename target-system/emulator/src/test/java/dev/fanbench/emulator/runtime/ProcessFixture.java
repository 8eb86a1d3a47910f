package dev.fanbench.emulator.runtime;

import static dev.fanbench.emulator.runtime.FunctionFolder.ask;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.fanbench.emulator.Emulator;
import dev.fanbench.emulator.StandardError;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

/** A folder with the code of one function, and what its tests share. */
abstract class ProcessFixture {
  static final String PYTHON = "Runtime: python3.12, Handler: app.handler";
  static final String NODE = "Runtime: nodejs22.x, Handler: app.handler";
  static final String ERROR_FRAME = "{\"message\": \"Internal server error\"";

  /** Answers the process id and the request id, and does what the message asks for. */
  static final String PID =
      """
      import os, time
      def handler(event, context):
          body = event["body"]
          if body == "hang":
              while True: pass
          if body == "exit":
              os._exit(3)
          if body == "throw":
              raise ValueError("no luck")
          if body == "long":
              return {"statusCode": 200, "body": "x" * 5000}
          print("heard " + body)
          return {"statusCode": 200, "body": "%d %s" % (os.getpid(), context.aws_request_id)}
      """;

  @TempDir Path folder;

  @BeforeAll
  static void assumeInstalled() {
    FunctionFolder.assumeInstalled("python3", "node", "curl", "bash");
  }

  static long processId(String answer) {
    return Long.parseLong(answer.substring(0, answer.indexOf(' ')));
  }

  Emulator python(String code) throws IOException {
    return new FunctionFolder(folder, PYTHON).file("app.py", code).start();
  }

  static void assertInitFails(FunctionFolder function, String sentence) throws Exception {
    try (StandardError errors = StandardError.kept();
        Emulator emulator = function.start()) {
      assertTrue(ask(emulator, "hello").startsWith(ERROR_FRAME));
      assertTrue(ask(emulator, "hello").startsWith(ERROR_FRAME));
      assertEquals(
          2,
          errors.with("Echo failed: ").stream().filter(line -> line.contains(sentence)).count(),
          () -> String.join("\n", errors.with("")));
    }
  }
}
