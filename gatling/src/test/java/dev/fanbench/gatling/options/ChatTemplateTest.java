package dev.fanbench.gatling.options;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.fanbench.measurement.workload.PhaseKind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.Properties;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A parameter that is added to the chat's template is an option without another line of code. */
class ChatTemplateTest {
  private static final Path CHECKOUT = Path.of("..").toAbsolutePath().normalize();
  private static final String TEMPLATE = "target-system/template.yaml";
  private static final String WORKLOAD = "gatling/workloads/default.conf";

  @TempDir Path home;

  @BeforeEach
  void checkoutWithTwoMoreParameters() throws IOException {
    String template =
        Files.readString(CHECKOUT.resolve(TEMPLATE))
            .replace(
                "\nParameters:\n",
                """

                Parameters:
                  Jitter:
                    Type: String
                    Default: none
                    AllowedValues: [none, full]
                    Description: Spreads retries over time.
                  RetrySeconds:
                    Type: Number
                    Default: 2
                    MinValue: 1
                    MaxValue: 60
                    Description: The wait before a retry.
                """)
            .replace("[Store, Broadcast,", "[Jitter, RetrySeconds, Store, Broadcast,");
    write(TEMPLATE, template);
    write(WORKLOAD, Files.readString(CHECKOUT.resolve(WORKLOAD)));
    for (String server : ServerDescriptor.names(CHECKOUT)) {
      String file = "servers/" + server + "/server.conf";
      write(file, Files.readString(CHECKOUT.resolve(file)));
    }
  }

  private void write(String file, String text) throws IOException {
    Files.createDirectories(home.resolve(file).getParent());
    Files.writeString(home.resolve(file), text);
  }

  private Options read(String key, String value) {
    Properties properties = new Properties();
    properties.setProperty("fanbench.home", home.toString());
    properties.setProperty("fanbench." + key, value);
    return OptionsReader.read(properties, EnumSet.allOf(PhaseKind.class), "default");
  }

  @Test
  void newParametersAreListedWithTheirDefaultsAndHelp() {
    String help = OptionTable.text(OptionIndex.of(home));
    assertTrue(
        help.contains("  jitter=none\n      Spreads retries over time. Takes none or full.\n"),
        help);
    assertTrue(
        help.contains(
            "  retry=2s\n      The wait before a retry. Takes whole seconds from 1s to 60s.\n"),
        help);
  }

  @Test
  void valuesOutOfRangeAreRejected() {
    assertEquals(
        "retry=61s is not allowed; retry takes whole seconds from 1s to 60s.",
        assertThrows(BadOption.class, () -> read("retry", "61s")).getMessage());
    assertEquals(
        "jitter=half is not allowed; jitter takes none or full.",
        assertThrows(BadOption.class, () -> read("jitter", "half")).getMessage());
  }

  @Test
  void valuesReachTheTarget() {
    Options options = read("retry", "5000ms");
    assertEquals("5s", options.serverless().get("retry"));
    assertEquals("none", options.serverless().get("jitter"));
    assertEquals("RetrySeconds=5", options.index().chat().get(1).argument("5s"));
  }

  @Test
  void variantsMayChangeThem() {
    assertEquals("jitter=full", read("variants", "jitter=full").targets().get(2).label());
  }

  @Test
  void templateThatCannotBeReadIsOneSentence() throws IOException {
    write(TEMPLATE, "Parameters: [\n");
    String sentence = assertThrows(BadOption.class, () -> OptionIndex.of(home)).getMessage();
    assertTrue(sentence.startsWith("The settings of the serverless chat cannot be read"), sentence);
    write(TEMPLATE, "Parameters: {}\nMetadata: {}\n");
    assertThrows(BadOption.class, () -> OptionIndex.of(home));
  }
}
