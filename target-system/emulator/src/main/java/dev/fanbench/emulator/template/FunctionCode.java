package dev.fanbench.emulator.template;

import java.util.List;

/**
 * The program of a function.
 *
 * @param language chooses the way to run it
 * @param runtime as the template has it, such as {@code nodejs22.x}
 * @param folder {@code CodeUri}, relative to the template
 * @param layers {@code ContentUri} of each layer, relative to the template, in the order of the
 *     template
 */
public record FunctionCode(
    FunctionLanguage language, String runtime, String folder, List<String> layers) {
  /** Copies the layers. */
  public FunctionCode {
    layers = List.copyOf(layers);
  }

  /** A class on the class path. */
  public static FunctionCode classPath() {
    return new FunctionCode(FunctionLanguage.JAVA, "java", ".", List.of());
  }
}
