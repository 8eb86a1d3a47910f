package dev.fanbench.emulator.template;

import java.util.List;
import java.util.Optional;

/**
 * The program of a function.
 *
 * @param language chooses the way to run it
 * @param runtime as the template has it, such as {@code nodejs22.x}
 * @param folder a folder or an archive, relative to the template
 * @param inline the code itself, if the template has it; the folder is then of no use
 * @param layers folder or archive of each layer, relative to the template, in the order of the
 *     template
 */
public record FunctionCode(
    FunctionLanguage language,
    String runtime,
    String folder,
    Optional<String> inline,
    List<String> layers) {
  /** Copies the layers. */
  public FunctionCode {
    layers = List.copyOf(layers);
  }

  /** Code that lies in a folder or an archive. */
  public FunctionCode(
      FunctionLanguage language, String runtime, String folder, List<String> layers) {
    this(language, runtime, folder, Optional.empty(), layers);
  }

  /** A class on the class path. */
  public static FunctionCode classPath() {
    return new FunctionCode(FunctionLanguage.JAVA, "java", ".", List.of());
  }
}
