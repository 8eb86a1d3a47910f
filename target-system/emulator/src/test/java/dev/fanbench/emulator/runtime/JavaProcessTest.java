package dev.fanbench.emulator.runtime;

import static dev.fanbench.emulator.runtime.FunctionFolder.ask;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.amazonaws.services.lambda.runtime.RequestHandler;
import dev.fanbench.emulator.Emulator;
import dev.fanbench.emulator.StandardError;
import dev.fanbench.emulator.template.TemplateException;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Java functions that the emulator does not have on its own class path. */
@Timeout(60)
class JavaProcessTest {
  private static final String SOURCE =
      """
      package theirs;
      import com.amazonaws.services.lambda.runtime.Context;
      import com.amazonaws.services.lambda.runtime.RequestHandler;
      import java.util.Map;
      public class Echo implements RequestHandler<Map<String, Object>, Map<String, Object>> {
        @Override
        public Map<String, Object> handleRequest(Map<String, Object> event, Context context) {
          if ("throw".equals(event.get("body"))) {
            throw new IllegalStateException("no luck");
          }
          return Map.of("statusCode", 200, "body", ProcessHandle.current().pid() + " " + event.get("body"));
        }
        public Map<String, Object> upper(Map<String, Object> event) {
          return Map.of("statusCode", 200, "body", String.valueOf(event.get("body")).toUpperCase());
        }
      }
      """;

  @TempDir private Path folder;

  /** Compiles the function into a folder below the template's. */
  private Path classes(String name) throws Exception {
    Path source = folder.resolve("source/theirs/Echo.java");
    Files.createDirectories(source.getParent());
    Files.writeString(source, SOURCE);
    Path classes = Files.createDirectories(folder.resolve(name));
    String core =
        Path.of(RequestHandler.class.getProtectionDomain().getCodeSource().getLocation().toURI())
            .toString();
    int failed =
        ToolProvider.getSystemJavaCompiler()
            .run(null, null, null, "-cp", core, "-d", classes.toString(), source.toString());
    assertEquals(0, failed, "the function does not compile");
    return classes;
  }

  private static void writeJar(Path jar, Path classes) throws IOException {
    try (OutputStream out = Files.newOutputStream(jar);
        JarOutputStream entries = new JarOutputStream(out)) {
      entries.putNextEntry(new JarEntry("theirs/Echo.class"));
      entries.write(Files.readAllBytes(classes.resolve("theirs/Echo.class")));
    }
  }

  private FunctionFolder function(String code, String handler) {
    return new FunctionFolder(
        folder, "Runtime: java17, CodeUri: %s, Handler: \"%s\"".formatted(code, handler));
  }

  @Test
  void aClassOfTheCodesFolderRunsInAProcessOfItsOwn() throws Exception {
    var unused = classes("code");
    try (Emulator emulator = function("code", "theirs.Echo").start()) {
      String answer = ask(emulator, "hello");
      assertTrue(answer.endsWith(" hello"), answer);
      assertFalse(answer.startsWith(ProcessHandle.current().pid() + " "), answer);
      assertEquals(answer, ask(emulator, "hello"), "the environment is used again");
    }
  }

  @Test
  void aJarIsUnpackedAndAHandlerMayNameAMethod() throws Exception {
    Path classes = classes("code");
    writeJar(folder.resolve("echo.jar"), classes);
    try (Emulator emulator = function("echo.jar", "theirs.Echo::upper").start()) {
      assertEquals("HELLO", ask(emulator, "hello"));
    }
  }

  @Test
  void jarsOfTheFolderLibAreOnTheClassPath() throws Exception {
    Path classes = classes("built");
    Path library = Files.createDirectories(folder.resolve("code/lib"));
    writeJar(library.resolve("echo.jar"), classes);
    try (Emulator emulator = function("code", "theirs.Echo").start()) {
      assertTrue(ask(emulator, "hello").endsWith(" hello"));
    }
  }

  @Test
  void aFunctionThatThrowsIsAnErrorFrameAndALogLine() throws Exception {
    var unused = classes("code");
    try (StandardError errors = StandardError.kept();
        Emulator emulator = function("code", "theirs.Echo").start()) {
      assertTrue(ask(emulator, "throw").contains("Internal server error"));
      assertFalse(errors.with("no luck").isEmpty());
      assertTrue(ask(emulator, "hello").endsWith(" hello"));
    }
  }

  @Test
  void aClassThatIsNowhereIsNamed() throws Exception {
    var unused = classes("code");
    try (StandardError errors = StandardError.kept();
        Emulator emulator = function("code", "theirs.Other").start()) {
      assertTrue(ask(emulator, "hello").contains("Internal server error"));
      assertFalse(errors.with("theirs.Other").isEmpty());
    }
  }

  @Test
  void aHandlerThatIsNoClassIsRefusedBeforeTheStart() throws IOException {
    for (String handler : List.of("-version", "a b", "theirs.Echo::a::b")) {
      TemplateException refused =
          assertThrows(
              TemplateException.class, () -> function("code", handler).start().close(), handler);
      assertEquals(
          "Echo.Handler is %s; the emulator has PACKAGE.CLASS and PACKAGE.CLASS::METHOD"
              .formatted(handler),
          refused.getMessage());
    }
    try (Stream<Path> files = Files.list(folder)) {
      assertEquals(0, files.count());
    }
  }
}
