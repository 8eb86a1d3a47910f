package dev.fanbench.gatling.command;

import java.util.Locale;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** The measurement that each turn of {@code ab} is divided by. */
enum Control {
  NONE,
  /** The floor that is measured in the same turn. */
  FLOOR;

  /** Reads a name. */
  static final class Reader implements ITypeConverter<Control> {
    @Override
    public Control convert(String typed) {
      for (Control control : values()) {
        if (control.toString().equals(typed)) {
          return control;
        }
      }
      throw new TypeConversionException(typed + " is not allowed; --control takes none or floor");
    }
  }

  /** As it is typed. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
