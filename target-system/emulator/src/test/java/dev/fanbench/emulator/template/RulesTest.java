package dev.fanbench.emulator.template;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Rules about parameters that belong together. */
class RulesTest {
  private static final String TEMPLATE =
      """
      Parameters:
        Colour:
          Type: String
          Default: red
        Shade:
          Type: String
          Default: ""
      Rules:
        BlueHasAShade:
          RuleCondition: !Equals [!Ref Colour, blue]
          Assertions:
            - Assert: !Not [!Equals [!Ref Shade, ""]]
              AssertDescription: Colour=blue needs a Shade.
        NoGreen:
          Assertions:
            - Assert: !Not [!Equals [!Ref Colour, green]]
      Resources:
        Api:
          Type: AWS::ApiGatewayV2::Api
          Properties:
            RouteSelectionExpression: $request.body.action
        Stage:
          Type: AWS::ApiGatewayV2::Stage
          Properties:
            StageName: live
      """;

  @ParameterizedTest
  @CsvSource(
      value = {"red|''", "red|dark", "blue|dark"},
      delimiter = '|')
  void parametersThatFitAreTaken(String colour, String shade) {
    assertEquals("live", parse(TEMPLATE, colour, shade).stage());
  }

  @ParameterizedTest
  @CsvSource(
      value = {"blue|''|Colour=blue needs a Shade.", "green|dark|Rules.NoGreen is not met"},
      delimiter = '|')
  void parametersThatDoNotFitAreRefused(String colour, String shade, String sentence) {
    assertEquals(
        sentence,
        assertThrows(ParameterException.class, () -> parse(TEMPLATE, colour, shade)).getMessage());
  }

  @ParameterizedTest
  @CsvSource(
      value = {
        "!Condition IsRed|the template has no condition IsRed",
        "!EachMemberIn [[a], [b]]|Rules.NoGreen.Assert: the emulator does not know Fn::EachMemberIn"
      },
      delimiter = '|')
  void functionsThatTheEmulatorLacksAreRefused(String function, String sentence) {
    String broken = TEMPLATE.replace("!Not [!Equals [!Ref Colour, green]]", function);
    assertEquals(
        sentence,
        assertThrows(TemplateException.class, () -> parse(broken, "red", "")).getMessage());
  }

  private static Template parse(String template, String colour, String shade) {
    return Template.parse(template, "us-east-1", Map.of("Colour", colour, "Shade", shade));
  }
}
