package dev.fanbench.emulator.template;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a template's conditions leave of it. */
class ConditionsTest {
  private static final String TEMPLATE =
      """
      Parameters:
        Colour:
          Type: String
          Default: red
      Conditions:
        IsRed: !Equals [!Ref Colour, red]
        IsNotRed: !Not [!Condition IsRed]
        IsRedOrBlue: !Or [!Condition IsRed, !Equals [!Ref Colour, blue]]
        IsRedAndBlue: !And [!Condition IsRed, !Equals [!Ref Colour, blue]]
        Circle: !Condition Circle
        Odd: !Select [0, a]
      Resources:
        Api:
          Type: AWS::ApiGatewayV2::Api
          Properties:
            RouteSelectionExpression: $request.body.action
        Stage:
          Type: AWS::ApiGatewayV2::Stage
          Properties:
            StageName: !If [%1$s, here, gone]
        Other:
          Type: AWS::Serverless::Function
          Condition: %1$s
          Properties:
            Handler: test.Other
        Always:
          Type: AWS::Serverless::Function
          Properties:
            Handler: test.Always
            Environment:
              Variables:
                LIST: !Join ["+", [a, !If [%1$s, b, !Ref AWS::NoValue]]]
                MAYBE: !If [%1$s, !Ref Other, !Ref AWS::NoValue]
      Outputs:
        OtherOne:
          Condition: %1$s
          Value: !Ref Other
      """;

  @ParameterizedTest
  @CsvSource({
    "IsRed, red, true",
    "IsRed, blue, false",
    "IsNotRed, red, false",
    "IsNotRed, blue, true",
    "IsRedOrBlue, blue, true",
    "IsRedOrBlue, green, false",
    "IsRedAndBlue, red, false"
  })
  void whatIsNotMeantIsNotThere(String condition, String colour, boolean holds) {
    Template template = parse(condition, colour);
    assertEquals(holds ? "here" : "gone", template.stage());
    assertEquals(
        holds ? Set.of("Always", "Other") : Set.of("Always"), template.functions().keySet());
    assertEquals(
        holds ? Map.of("LIST", "a+b", "MAYBE", "Other") : Map.of("LIST", "a"),
        template.functions().get("Always").variables());
    assertEquals(holds ? Map.of("OtherOne", "Other") : Map.of(), template.outputs());
  }

  @ParameterizedTest
  @CsvSource({
    "Nonsense, the template has no condition Nonsense",
    "Circle, Conditions.Circle refers to itself",
    "Odd, Conditions.Odd: the emulator does not know Fn::Select"
  })
  void brokenConditionsAreRefusedWithASentence(String condition, String expected) {
    assertEquals(
        expected,
        assertThrows(TemplateException.class, () -> parse(condition, "red")).getMessage());
  }

  @Test
  void referenceToWhatIsNotThereIsRefused() {
    String broken =
        TEMPLATE
            .formatted("IsRed")
            .replace("!If [IsRed, !Ref Other, ", "!If [IsNotRed, !Ref Other, ");
    String message =
        assertThrows(
                TemplateException.class,
                () -> Template.parse(broken, "us-east-1", Map.of("Colour", "blue")))
            .getMessage();
    assertTrue(message.endsWith("refers to Other, which the template lacks"), message);
  }

  private static Template parse(String condition, String colour) {
    return Template.parse(TEMPLATE.formatted(condition), "us-east-1", Map.of("Colour", colour));
  }
}
