package dev.fanbench.emulator.runtime;

import static dev.fanbench.emulator.runtime.FunctionFolder.ask;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.fanbench.emulator.Emulator;
import dev.fanbench.emulator.StandardError;
import dev.fanbench.emulator.quota.QuotaSet;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Ends of the processes of functions: at a timeout, by themselves and with the emulator. */
@Timeout(60)
class ProcessEndTest extends ProcessFixture {
  @Test
  void processIsKilledAtTheTimeoutAndReplaced() throws Exception {
    FunctionFolder function =
        new FunctionFolder(folder, PYTHON + ", Timeout: 1").file("app.py", PID);
    try (StandardError errors = StandardError.kept();
        Emulator emulator = function.start()) {
      long first = processId(ask(emulator, "hello"));
      ProcessHandle process = ProcessHandle.of(first).orElseThrow();
      assertTrue(ask(emulator, "hang").startsWith(ERROR_FRAME));
      process.onExit().get(10, TimeUnit.SECONDS);
      assertEquals(
          1,
          errors.with("Echo failed: Sandbox.Timedout: Task timed out after 1.00 seconds").size());
      assertNotEquals(first, processId(ask(emulator, "hello")));
      assertEquals(1, emulator.counters().get("lambda.abandoned"));
      assertEquals(0, emulator.counters().get("lambda.threadsLeft"));
    }
  }

  @Test
  void processThatEndsInARequestIsAnErrorAndIsReplaced() throws Exception {
    try (StandardError errors = StandardError.kept();
        Emulator emulator = python(PID)) {
      long first = processId(ask(emulator, "hello"));
      assertTrue(ask(emulator, "exit").startsWith(ERROR_FRAME));
      String failed = "Echo failed: Runtime.ExitError: Runtime exited with error: exit status 3";
      assertEquals(1, errors.with(failed).size());
      assertNotEquals(first, processId(ask(emulator, "hello")));
      assertEquals(1, emulator.counters().get("lambda.failures"));
    }
  }

  @Test
  void errorOfAFunctionKeepsItsProcess() throws Exception {
    try (StandardError errors = StandardError.kept();
        Emulator emulator = python(PID)) {
      long first = processId(ask(emulator, "hello"));
      assertTrue(ask(emulator, "throw").startsWith(ERROR_FRAME));
      assertEquals(1, errors.with("Echo failed: ValueError: no luck").size());
      assertEquals(first, processId(ask(emulator, "hello")));
    }
  }

  @Test
  void answerOverTheQuotaIsAnErrorAndKeepsTheProcess() throws Exception {
    FunctionFolder function = new FunctionFolder(folder, PYTHON).file("app.py", PID);
    try (StandardError errors = StandardError.kept();
        Emulator emulator =
            function.start(
                options -> options.withQuotas(QuotaSet.of(Map.of("payloadBytes", 4_000L))))) {
      long first = processId(ask(emulator, "hello"));
      assertTrue(ask(emulator, "long").startsWith(ERROR_FRAME));
      assertEquals(1, errors.with("Echo failed: Function.ResponseSizeTooLarge").size());
      assertEquals(first, processId(ask(emulator, "hello")));
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "app.py|import nothing_of_this_name|Runtime.ImportModuleError: No module named",
        "app.py|handle = 1|Runtime.HandlerNotFound: Handler 'handler' missing on module 'app'",
        "other.py|x = 1|Runtime.ImportModuleError: No module named 'app'",
        "app.py|raise OSError('no disk')|OSError: no disk"
      })
  void pythonThatCannotBeInitialisedSaysWhy(String file, String code, String sentence)
      throws Exception {
    assertInitFails(new FunctionFolder(folder, PYTHON).file(file, code), sentence);
  }

  @Test
  void processesEndWithTheEmulator() throws Exception {
    ProcessHandle process;
    try (Emulator emulator = python(PID)) {
      process = ProcessHandle.of(processId(ask(emulator, "hello"))).orElseThrow();
      assertTrue(process.isAlive());
    }
    assertFalse(process.isAlive());
  }

  @Test
  void childrenWithASessionOfTheirOwnEndWithTheEmulator() throws Exception {
    String code =
        """
        import subprocess
        def handler(event, context):
            child = subprocess.Popen(["sleep", "60"], start_new_session=True)
            return {"statusCode": 200, "body": "%d " % child.pid}
        """;
    ProcessHandle child;
    try (Emulator emulator = python(code)) {
      child = ProcessHandle.of(processId(ask(emulator, "hello"))).orElseThrow();
      assertTrue(child.isAlive());
    }
    child.onExit().get(10, TimeUnit.SECONDS);
  }
}
