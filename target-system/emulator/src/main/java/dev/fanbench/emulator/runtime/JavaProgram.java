package dev.fanbench.emulator.runtime;

import dev.fanbench.emulator.template.FunctionDefinition;
import dev.fanbench.emulator.template.JavaHandler;
import dev.fanbench.emulator.template.TemplateException;
import java.io.File;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** The command line of a Java function: AWS's runtime interface client, and the code behind it. */
final class JavaProgram {
  private static final String MAIN = "com.amazonaws.services.lambda.runtime.api.client.AWSLambda";

  /** A class of each jar that the client needs. */
  private static final List<String> CLIENT =
      List.of(
          MAIN,
          "com.amazonaws.services.lambda.runtime.serialization.PojoSerializer",
          "com.amazonaws.services.lambda.runtime.RequestHandler",
          "software.amazon.awssdk.utilslite.SdkInternalThreadLocal");

  private JavaProgram() {}

  /**
   * The program and its arguments. The virtual machine has the flags that Lambda gives it: the
   * serial collector, and the fast compiler alone.
   *
   * @param folder the code: classes, and jars in {@code lib}
   * @param layers folders with jars in {@code java/lib}
   * @throws TemplateException if the emulator lacks the client
   */
  static List<String> command(FunctionDefinition function, Path folder, List<Path> layers) {
    List<String> classPath =
        new ArrayList<>(CLIENT.stream().map(each -> jar(each, function)).toList());
    if (JavaHandler.isOnClassPath(function.handler())) {
      classPath.add(System.getProperty("java.class.path"));
    } else {
      classPath.add(folder.toString());
      classPath.add(folder.resolve("lib").resolve("*").toString());
      layers.forEach(layer -> classPath.add(layer.resolve("java/lib").resolve("*").toString()));
    }
    return Stream.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "-cp",
            String.join(File.pathSeparator, classPath),
            MAIN,
            function.handler())
        .toList();
  }

  private static String jar(String type, FunctionDefinition function) {
    String file = type.replace('.', '/') + ".class";
    URL found = JavaProgram.class.getClassLoader().getResource(file);
    if (found == null || !found.getProtocol().equals("jar")) {
      throw new TemplateException(
          "%s.Runtime is %s, but the runtime interface client is not on the class path"
              .formatted(function.name(), function.code().runtime()));
    }
    String path = found.getPath();
    try {
      return Path.of(new URI(path.substring(0, path.indexOf("!/")))).toString();
    } catch (URISyntaxException broken) {
      throw new TemplateException("the class path has " + found + ", which is no address");
    }
  }
}
