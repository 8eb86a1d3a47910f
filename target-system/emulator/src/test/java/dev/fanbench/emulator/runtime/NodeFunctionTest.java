package dev.fanbench.emulator.runtime;

import static dev.fanbench.emulator.runtime.FunctionFolder.ask;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.fanbench.emulator.Emulator;
import dev.fanbench.emulator.StandardError;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Functions in Node, behind the route of a real client. */
@Timeout(60)
class NodeFunctionTest extends ProcessFixture {
  private static final ObjectMapper JSON = new ObjectMapper();

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "app.mjs|app.handler|export const handler = async (event) => ({ statusCode: 200, body: 'mjs ' + event.body });",
        "app.cjs|app.handler|exports.handler = async (event) => ({ statusCode: 200, body: 'mjs ' + event.body });",
        "app.js|app.handler|exports.handler = (event, context, done) => setImmediate(done, null, { statusCode: 200, body: 'mjs ' + event.body });",
        "app.js|app.handler|exports.handler = (event, context) => context.succeed({ statusCode: 200, body: 'mjs ' + event.body });",
        "app.mjs|./app.handler|export const handler = async (event) => ({ statusCode: 200, body: 'mjs ' + event.body });",
        "src/on/app.js|./src/on/app.handler|exports.handler = async (event) => ({ statusCode: 200, body: 'mjs ' + event.body });",
        "src/on/app.js|src/on/app.api.message|exports.api = { message: async (event) => ({ statusCode: 200, body: 'mjs ' + event.body }) };",
        "app.mjs|app.handler|export default { handler: async (event) => ({ statusCode: 200, body: 'mjs ' + event.body }) };"
      })
  void nodeRunsModulesOfBothKindsWithPromisesAndCallbacks(String file, String handler, String code)
      throws Exception {
    FunctionFolder function =
        new FunctionFolder(folder, "Runtime: nodejs22.x, Handler: " + handler).file(file, code);
    try (Emulator emulator = function.start()) {
      assertEquals("mjs hello", ask(emulator, "hello"));
      assertEquals("mjs again", ask(emulator, "again"));
    }
  }

  @Test
  void nodeFunctionThatNeverAnswersIsOverWhenNothingIsLeftToDo() throws Exception {
    String code = "exports.handler = (event, context, callback) => { console.log('silent'); };";
    FunctionFolder function = new FunctionFolder(folder, NODE).file("app.js", code);
    try (StandardError errors = StandardError.kept();
        Emulator emulator = function.start()) {
      // Its answer is null, which is no answer of a proxy integration.
      assertTrue(ask(emulator, "hello").startsWith(ERROR_FRAME));
      assertEquals(1, errors.with("the answer of Echo is malformed").size());
    }
  }

  @Test
  void nodeFunctionKnowsItsRequest() throws Exception {
    FunctionFolder function =
        new FunctionFolder(folder, NODE)
            .file(
                "app.mjs",
                """
                export const handler = async (event, context) => ({
                  statusCode: 200,
                  body: JSON.stringify({ ...context, left: context.getRemainingTimeInMillis() }),
                });
                """);
    try (Emulator emulator = function.start()) {
      JsonNode context = JSON.readTree(ask(emulator, "hello"));
      assertEquals("Echo", context.path("functionName").asText());
      assertEquals("$LATEST", context.path("functionVersion").asText());
      assertEquals("128", context.path("memoryLimitInMB").asText());
      assertEquals("/aws/lambda/Echo", context.path("logGroupName").asText());
      assertTrue(context.path("invokedFunctionArn").asText().endsWith(":function:Echo"));
      assertEquals(36, context.path("awsRequestId").asText().length());
      int left = context.path("left").asInt();
      assertTrue(left > 0 && left <= 10_000, () -> "left: " + left);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "app.js|require('nothing-of-this-name')|Cannot find module 'nothing-of-this-name'",
        "app.mjs|export const handle = 1;|Runtime.HandlerNotFound: app.handler is undefined",
        "other.js|1|Runtime.ImportModuleError: Cannot find module"
      })
  void nodeThatCannotBeInitialisedSaysWhy(String file, String code, String sentence)
      throws Exception {
    assertInitFails(new FunctionFolder(folder, NODE).file(file, code), sentence);
  }
}
