package dev.fanbench.conventions;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A release changes the version in the POMs only, and the images are built after it too. */
class ImageFileTest {
  private static final Path ROOT = ProjectTree.here().root();
  private static final Pattern VERSION = Pattern.compile("<version>([^<]+)</version>");
  private static final Pattern BUILT = Pattern.compile("\\S*target/(fanbench-\\S+)");

  @ParameterizedTest
  @CsvSource({
    "netty-baseline/Dockerfile, fanbench-netty-baseline-VERSION.jar",
    "release/Dockerfile, fanbench-VERSION.tar.gz"
  })
  void imagesTakeTheBuildOfAnyVersion(String file, String taken) throws IOException {
    String version = projectVersion();
    String text = Files.readString(ROOT.resolve(file));
    assertTrue(!text.contains(version), file);
    Matcher built = BUILT.matcher(text);
    assertTrue(built.find());
    PathMatcher pattern = FileSystems.getDefault().getPathMatcher("glob:" + built.group(1));
    List<String> matched =
        List.of(
                "fanbench-VERSION.tar.gz",
                "fanbench-VERSION.zip",
                "fanbench-netty-baseline-VERSION.jar",
                "fanbench-release-VERSION.jar")
            .stream()
            .filter(name -> pattern.matches(Path.of(name.replace("VERSION", version))))
            .toList();
    assertEquals(List.of(taken), matched);
  }

  private static String projectVersion() throws IOException {
    Matcher version = VERSION.matcher(Files.readString(ROOT.resolve("pom.xml")));
    assertTrue(version.find());
    return version.group(1);
  }
}
