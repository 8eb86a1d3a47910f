package dev.fanbench.emulator;

import static org.junit.jupiter.api.Assertions.assertFalse;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** No item of the checklist is without a test; the tests themselves are where they belong. */
class ApiGatewayConformanceTest {
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
  void itemIsShown(AwsChecklist item) {
    List<String> shown = new ArrayList<>();
    for (JavaClass test : tests) {
      if (test.isAnnotatedWith(Shows.class) && shows(test.getAnnotationOfType(Shows.class), item)) {
        shown.add(test.getSimpleName());
      }
      for (JavaMethod method : test.getMethods()) {
        if (method.isAnnotatedWith(Shows.class)
            && shows(method.getAnnotationOfType(Shows.class), item)) {
          shown.add(method.getFullName());
        }
      }
    }
    assertFalse(shown.isEmpty(), item + " is shown nowhere");
  }

  private static boolean shows(Shows shows, AwsChecklist item) {
    return Arrays.asList(shows.value()).contains(item);
  }
}
