package dev.fanbench.emulator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.domain.properties.CanBeAnnotated;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import dev.fanbench.emulator.AwsChecklist.Basis;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Each rule of the checklist has a test; the tests themselves are where they belong. */
class ApiGatewayConformanceTest {
  private static final Path PAGE = Path.of("../../docs/api-gateway.md");
  private static final String START = "<!-- rules -->\n";
  private static JavaClasses tests;

  @BeforeAll
  static void read() {
    tests =
        new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.ONLY_INCLUDE_TESTS)
            .importPackages("dev.fanbench.emulator");
  }

  @ParameterizedTest
  @EnumSource
  void ruleHasATest(AwsChecklist rule) {
    assertFalse(tests(rule).isEmpty(), rule + " has no test with @Shows");
  }

  /** An annotation on a method that JUnit does not run would prove nothing. */
  @Test
  void onlyTestsShowRules() {
    for (JavaClass type : tests) {
      for (JavaMethod method : type.getMethods()) {
        assertTrue(
            !method.isAnnotatedWith(Shows.class) || isTest(method),
            () -> method.getFullName() + " has @Shows and is no test");
      }
    }
  }

  /** {@code target/api-gateway.md} is the page to copy over the one in the docs. */
  @Test
  void pageNamesTheTestsOfEachRule() throws IOException {
    String page = Files.readString(PAGE);
    int rules = page.indexOf(START) + START.length();
    String expected =
        page.substring(0, rules)
            + Arrays.stream(Basis.values()).map(this::section).collect(Collectors.joining());
    Files.writeString(Path.of("target/api-gateway.md"), expected);
    assertEquals(expected, page);
  }

  private String section(Basis basis) {
    return "\n## %s\n\n| rule | tests |\n|---|---|\n".formatted(basis)
        + Arrays.stream(AwsChecklist.values())
            .filter(rule -> rule.basis() == basis)
            .map(rule -> "| %s | %s |\n".formatted(rule, String.join(", ", tests(rule))))
            .collect(Collectors.joining());
  }

  private static Set<String> tests(AwsChecklist rule) {
    Set<String> shown = new TreeSet<>();
    for (JavaClass type : tests) {
      if (shows(type, rule)) {
        shown.add("`" + type.getSimpleName() + "`");
      }
      for (JavaMethod method : type.getMethods()) {
        if (shows(method, rule)) {
          shown.add("`" + type.getSimpleName() + "." + method.getName() + "`");
        }
      }
    }
    return shown;
  }

  private static boolean shows(CanBeAnnotated test, AwsChecklist rule) {
    return test.isAnnotatedWith(Shows.class)
        && Arrays.asList(annotation(test).value()).contains(rule);
  }

  private static Shows annotation(CanBeAnnotated test) {
    return test instanceof JavaClass type
        ? type.getAnnotationOfType(Shows.class)
        : ((JavaMethod) test).getAnnotationOfType(Shows.class);
  }

  private static boolean isTest(JavaMethod method) {
    return method.isAnnotatedWith(Test.class) || method.isAnnotatedWith(ParameterizedTest.class);
  }
}
