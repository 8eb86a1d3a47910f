package dev.fanbench.emulator.template;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.fanbench.emulator.template.SupportedProperty.Treatment;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** {@code docs/cloudformation.md} has every property of API Gateway V2 and Lambda. */
class CloudFormationPageTest {
  private static final Path PAGE = Path.of("../../docs/cloudformation.md");
  private static final Pattern SERVICE = Pattern.compile("AWS::(ApiGatewayV2|Lambda)::.*");
  private static final Pattern TABLE =
      Pattern.compile(
          "(?<=\\| type \\| honoured \\| one value only \\| without effect \\| refused \\|\n"
              + "\\|---\\|---\\|---\\|---\\|---\\|\n)(\\|[^\n]*\n)*");

  private final ResourceSchema schema = ResourceSchema.load();

  /** {@code target/cloudformation.md} is the page to copy over the one in the docs. */
  @Test
  void tableHasEveryPropertyOfTheSchema() throws IOException {
    List<String> types = types();
    assertTrue(types.size() >= 29, types::toString);
    String page = Files.readString(PAGE);
    String rows = types.stream().map(this::row).collect(Collectors.joining());
    String expected = TABLE.matcher(page).replaceFirst(Matcher.quoteReplacement(rows));
    Files.writeString(Path.of("target/cloudformation.md"), expected);
    assertEquals(expected, page);
  }

  /** A property that a list names and CloudFormation lacks would be a mistyped one. */
  @Test
  void listsNamePropertiesOfTheSchemaOnly() {
    for (String type : types()) {
      assertTrue(
          schema.properties(type).containsAll(SupportedProperty.names(type)),
          () -> type + " has " + SupportedProperty.names(type));
    }
  }

  private List<String> types() {
    return schema.types().stream().filter(type -> SERVICE.matcher(type).matches()).toList();
  }

  private String row(String type) {
    return "| `%s` | %s | %s | %s | %s |\n"
        .formatted(
            type.replaceFirst("^AWS::", ""),
            names(type, Treatment.HONOURED),
            names(type, Treatment.ONE_VALUE),
            names(type, Treatment.WITHOUT_EFFECT),
            names(type, Treatment.REFUSED));
  }

  private String names(String type, Treatment treatment) {
    return schema.properties(type).stream()
        .filter(property -> SupportedProperty.treatment(type, property) == treatment)
        .map(property -> treatment == Treatment.ONE_VALUE ? withValue(type, property) : property)
        .collect(Collectors.joining(", "));
  }

  private static String withValue(String type, String property) {
    return property + " `" + SupportedProperty.onlyValue(type, property) + "`";
  }
}
