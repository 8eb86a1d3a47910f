package dev.fanbench.emulator.runtime;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.amazonaws.services.lambda.runtime.Context;
import dev.fanbench.emulator.StandardError;
import dev.fanbench.emulator.lambda.FunctionException;
import dev.fanbench.emulator.lambda.HandlerLoader;
import dev.fanbench.emulator.template.FunctionDefinition;
import dev.fanbench.emulator.template.Template;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Functions whose initialisation takes longer than Lambda gives it outside of a request. */
@Timeout(60)
class LongInitTest {
  /** Any initialisation takes longer. */
  private static final Duration LONGEST = Duration.ofMillis(100);

  private static final String PYTHON = "Runtime: python3.12, Handler: app.handler, Timeout: ";

  @TempDir private Path folder;

  @BeforeAll
  static void assumeInstalled() {
    FunctionFolder.assumeInstalled("python3");
  }

  @Test
  void initialisationIsRepeatedInTheRequest() throws Exception {
    String code =
        """
        import time
        time.sleep(0.5)
        def handler(event, context):
            left = context.get_remaining_time_in_millis()
            return "in time" if 0 < left <= 9500 else "left: %d" % left
        """;
    try (StandardError errors = StandardError.kept()) {
      assertEquals("\"in time\"", answer(10, code));
      String line = "Echo is initialised again in its request, as it took over 100 ms";
      assertEquals(1, errors.with(line).size());
    }
  }

  @Test
  void repetitionEndsAtTheTimeoutOfTheFunction() {
    String code = "import time\ntime.sleep(60)";
    FunctionException late = assertThrows(FunctionException.class, () -> answer(1, code));
    assertEquals("Sandbox.Timedout: Task timed out after 1.00 seconds", late.sentence());
  }

  /** A request that has little time left after the repetition gets no more than that. */
  @Test
  void handlerHasTheRestOfTheTime() {
    String code =
        """
        import time
        time.sleep(0.5)
        def handler(event, context):
            time.sleep(60)
        """;
    FunctionException late = assertThrows(FunctionException.class, () -> answer(2, code));
    assertTrue(late.sentence().endsWith("Task timed out after 2.00 seconds"), late.sentence());
  }

  private String answer(int timeoutSeconds, String code) throws Exception {
    FunctionFolder files = new FunctionFolder(folder, PYTHON + timeoutSeconds).file("app.py", code);
    Map<String, FunctionDefinition> functions =
        Template.parse(files.options().template(), "us-east-1", Map.of()).functions();
    try (ProcessLauncher launcher =
            ProcessLauncher.open(
                functions, folder, 1_000, Duration.ZERO, HandlerLoader.classPath());
        FunctionProcess process =
            new FunctionProcess(launcher.program("Echo"), launcher, LONGEST)) {
      ByteArrayOutputStream out = new ByteArrayOutputStream();
      process.handleRequest(new ByteArrayInputStream("{}".getBytes(UTF_8)), out, context());
      return out.toString(UTF_8);
    }
  }

  private static Context context() throws IOException {
    return (Context)
        Proxy.newProxyInstance(
            Context.class.getClassLoader(),
            new Class<?>[] {Context.class},
            (self, method, arguments) -> "request-1");
  }
}
