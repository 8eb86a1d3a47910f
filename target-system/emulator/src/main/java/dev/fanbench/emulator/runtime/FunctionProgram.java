package dev.fanbench.emulator.runtime;

import dev.fanbench.emulator.template.FunctionDefinition;
import dev.fanbench.emulator.template.Template;
import dev.fanbench.emulator.template.TemplateException;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The command line and the environment of a function's processes.
 *
 * @param function that they belong to
 * @param command the program and its arguments
 * @param folder the code, which is the working directory
 * @param layers the folders of the layers
 */
record FunctionProgram(
    FunctionDefinition function, List<String> command, Path folder, List<Path> layers) {

  /** Variables of the emulator that a program needs to run at all; it gets no others. */
  private static final List<String> INHERITED = List.of("HOME", "PATH", "TMPDIR");

  private static final String BOOTSTRAP = "bootstrap";

  /** Copies the lists. */
  FunctionProgram {
    command = List.copyOf(command);
    layers = List.copyOf(layers);
  }

  /**
   * Finds the program of a function.
   *
   * @param base the folder of the template
   * @param runtimes the programs that run functions
   * @param path the value of {@code PATH}
   * @throws TemplateException naming what the machine lacks
   */
  static FunctionProgram of(
      FunctionDefinition function, Path base, RuntimeFolder runtimes, String path) {
    Path folder =
        function
            .code()
            .inline()
            .map(text -> runtimes.inline(function, text))
            .orElseGet(
                () ->
                    folder(
                        base,
                        function.code().folder(),
                        "the code of " + function.name(),
                        runtimes));
    List<Path> layers =
        function.code().layers().stream()
            .map(layer -> folder(base, layer, "a layer of " + function.name(), runtimes))
            .toList();
    List<String> command =
        switch (function.code().language()) {
          case NODE ->
              List.of(
                  program(path, function, "node"), runtimes.file(RuntimeFolder.NODE).toString());
          case PYTHON ->
              List.of(
                  program(path, function, "python3"),
                  "-u",
                  runtimes.file(RuntimeFolder.PYTHON).toString());
          case CUSTOM -> List.of(bootstrap(function, folder, layers));
          case JAVA_PROCESS -> JavaProgram.command(function, folder, layers);
          case JAVA -> throw new IllegalArgumentException(function.name() + " has no process");
        };
    return new FunctionProgram(function, command, folder, layers);
  }

  /** A folder beside the template, or the unpacked contents of an archive. */
  private static Path folder(Path base, String text, String where, RuntimeFolder runtimes) {
    try {
      Path folder = base.resolve(text).toAbsolutePath().normalize();
      if (Files.isDirectory(folder)) {
        return folder;
      }
      if (Files.isRegularFile(folder) && (text.endsWith(".zip") || text.endsWith(".jar"))) {
        return runtimes.unpacked(folder, where);
      }
    } catch (InvalidPathException broken) {
      // It is no folder either.
    }
    throw new TemplateException(
        "%s is %s, which is no folder and no .zip or .jar file below %s"
            .formatted(where, text, base.toAbsolutePath()));
  }

  private static String program(String path, FunctionDefinition function, String name) {
    return onPath(path, name)
        .orElseThrow(
            () ->
                new TemplateException(
                    "%s.Runtime is %s, but %s is not on the PATH"
                        .formatted(function.name(), function.code().runtime(), name)));
  }

  private static Optional<String> onPath(String path, String name) {
    return Stream.of(path.split(File.pathSeparator))
        .filter(folder -> !folder.isEmpty())
        .map(folder -> Path.of(folder, name))
        .filter(file -> Files.isRegularFile(file) && Files.isExecutable(file))
        .map(Path::toString)
        .findFirst();
  }

  private static String bootstrap(FunctionDefinition function, Path folder, List<Path> layers) {
    return Stream.concat(Stream.of(folder), layers.stream())
        .map(each -> each.resolve(BOOTSTRAP))
        .filter(file -> Files.isRegularFile(file) && Files.isExecutable(file))
        .findFirst()
        .orElseThrow(
            () ->
                new TemplateException(
                    "%s.Runtime is %s, but there is no executable file bootstrap in %s"
                        .formatted(function.name(), function.code().runtime(), folder)))
        .toString();
  }

  /**
   * The whole environment of a process.
   *
   * @param api the host and port of its Runtime API
   * @param shared variables that all functions have, which those of the template cannot replace
   * @param ours the environment of the emulator
   * @param store the address that stands for any Redis
   */
  Map<String, String> variables(
      String api,
      Path runtimes,
      Map<String, String> shared,
      Map<String, String> ours,
      Optional<String> store) {
    Map<String, String> all = new HashMap<>();
    INHERITED.stream().filter(ours::containsKey).forEach(name -> all.put(name, ours.get(name)));
    all.put("LANG", "C.UTF-8");
    all.put("TZ", ":UTC");
    function
        .variables()
        .forEach(
            (name, value) ->
                all.put(name, Template.isRedisAddress(value) ? store.orElse(value) : value));
    putLayers(all);
    all.putAll(shared);
    all.put("AWS_LAMBDA_RUNTIME_API", api);
    all.put("AWS_LAMBDA_FUNCTION_NAME", function.arn().name());
    all.put("AWS_LAMBDA_FUNCTION_VERSION", "$LATEST");
    all.put("AWS_LAMBDA_FUNCTION_MEMORY_SIZE", String.valueOf(function.memoryMegabytes()));
    all.put("AWS_LAMBDA_INITIALIZATION_TYPE", "on-demand");
    all.put("AWS_LAMBDA_LOG_GROUP_NAME", "/aws/lambda/" + function.arn().name());
    all.put("AWS_LAMBDA_LOG_STREAM_NAME", "local");
    all.put("AWS_EXECUTION_ENV", "AWS_Lambda_" + function.code().runtime());
    all.put("_HANDLER", function.handler());
    all.put("LAMBDA_TASK_ROOT", folder.toString());
    all.put("LAMBDA_RUNTIME_DIR", runtimes.toString());
    return all;
  }

  /** Adds the layers to the paths of programs and modules; on AWS all layers lie below /opt. */
  private void putLayers(Map<String, String> all) {
    String version = function.code().runtime();
    prepend(all, "PATH", "bin");
    prepend(all, "LD_LIBRARY_PATH", "lib");
    prepend(
        all,
        "NODE_PATH",
        "nodejs/node_modules",
        "nodejs/" + version.replaceFirst("^nodejs(\\d+).*", "node$1") + "/node_modules");
    prepend(all, "PYTHONPATH", "python", "python/lib/" + version + "/site-packages");
  }

  private void prepend(Map<String, String> all, String variable, String... parts) {
    List<String> folders = new ArrayList<>();
    for (Path layer : layers) {
      for (String part : parts) {
        Path folder = layer.resolve(part);
        if (Files.isDirectory(folder)) {
          folders.add(folder.toString());
        }
      }
    }
    if (!folders.isEmpty()) {
      if (all.containsKey(variable)) {
        folders.add(all.get(variable));
      }
      all.put(variable, String.join(File.pathSeparator, folders));
    }
  }
}
