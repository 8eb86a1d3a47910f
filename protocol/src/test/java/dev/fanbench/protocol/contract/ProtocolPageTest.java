package dev.fanbench.protocol.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.fanbench.protocol.fuzz.FrameFuzzContract;
import dev.fanbench.protocol.fuzz.HandshakeFuzzContract;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;

/** {@code docs/protocol.md} says which test asserts which row, and must not outlive the tests. */
class ProtocolPageTest {
  private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
  private static final Pattern NAMED = Pattern.compile("`(\\w+(?:Test|Contract)\\.\\w+)`");
  private static final Pattern TEST =
      Pattern.compile("@(?:Test|ParameterizedTest)\\s.*?\\bvoid (\\w+)\\(", Pattern.DOTALL);
  private static final Set<String> NOT_OURS = Set.of("target", "runs", "site", "published", "main");

  @Test
  void everyTestThatItNamesIsThere() throws IOException {
    Set<String> named = named();
    assertTrue(named.size() > 100, "the page names few tests: " + named.size());
    named.removeAll(tests());
    assertEquals(Set.of(), named, "named in docs/protocol.md, but no test");
  }

  @Test
  void everyTestOfTheContractIsNamed() throws IOException {
    Set<String> contract =
        Stream.of(
                ChatServerContract.class,
                AuthenticationContract.class,
                HandshakeFuzzContract.class,
                FrameFuzzContract.class)
            .flatMap(type -> Stream.of(type.getMethods()))
            .filter(
                method ->
                    method.isAnnotationPresent(Test.class)
                        || method.isAnnotationPresent(ParameterizedTest.class))
            .map(method -> method.getDeclaringClass().getSimpleName() + "." + method.getName())
            .collect(Collectors.toCollection(TreeSet::new));
    contract.removeAll(named());
    assertEquals(Set.of(), contract, "a test of the contract, but not in docs/protocol.md");
  }

  private static Set<String> named() throws IOException {
    return NAMED
        .matcher(Files.readString(ROOT.resolve("docs/protocol.md")))
        .results()
        .map(match -> match.group(1))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  /** All tests of all modules, by the names of class and method. */
  private static Set<String> tests() throws IOException {
    Set<String> tests = new TreeSet<>();
    Files.walkFileTree(
        ROOT,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes its) {
            String name = directory.getFileName().toString();
            // A package may be called target too; only the build's folder is beside a pom.xml.
            boolean built =
                !name.equals("target") || Files.exists(directory.resolveSibling("pom.xml"));
            boolean skipped = (NOT_OURS.contains(name) && built) || name.startsWith(".");
            return skipped && !directory.equals(ROOT)
                ? FileVisitResult.SKIP_SUBTREE
                : FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes its) throws IOException {
            String name = file.getFileName().toString();
            if (name.endsWith("Test.java") || name.endsWith("Contract.java")) {
              String type = name.replace(".java", "");
              TEST.matcher(Files.readString(file))
                  .results()
                  .map((MatchResult match) -> type + "." + match.group(1))
                  .forEach(tests::add);
            }
            return FileVisitResult.CONTINUE;
          }
        });
    return tests;
  }
}
