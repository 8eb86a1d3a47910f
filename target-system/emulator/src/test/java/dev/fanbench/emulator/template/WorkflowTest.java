package dev.fanbench.emulator.template;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/** What GitHub would stumble over in the workflow, as far as it can be seen without GitHub. */
class WorkflowTest {
  private static final Path HOME = Path.of("..", "..");
  private static final Set<String> PROGRAMS =
      Set.of("mvn", "sudo apt-get", "sudo .ci/", ".ci/", "./fanbench", "test $?");

  private static Map<String, Object> workflow;
  private static Map<String, Object> jobs;

  @BeforeAll
  static void read() throws IOException {
    Object read =
        new Yaml(new SafeConstructor(new LoaderOptions()))
            .load(text(".github/workflows/fanbench.yml"));
    workflow = TemplateNode.map(read, "the workflow");
    jobs = TemplateNode.mapIn(workflow, "jobs", "the workflow");
  }

  @Test
  void jobsWaitForJobsThatThereAreAndEndByThemselves() {
    assertEquals(Set.of("tests", "run", "publish"), jobs.keySet());
    for (String name : jobs.keySet()) {
      String before = TemplateNode.text(job(name), "needs", name, "tests");
      assertTrue(jobs.containsKey(before), before);
      assertTrue(TemplateNode.number(job(name), "timeout-minutes", name, 0) > 0, name);
    }
  }

  @Test
  void onlyThePublishingJobMayWrite() {
    assertEquals(Map.of("contents", "read"), workflow.get("permissions"));
    for (String name : jobs.keySet()) {
      assertEquals(name.equals("publish"), job(name).containsKey("permissions"), name);
    }
    assertEquals("github.ref == 'refs/heads/main'", job("publish").get("if"));
  }

  @Test
  void everyActionHasAVersion() {
    List<String> actions = each("uses");
    assertTrue(actions.contains("actions/upload-pages-artifact@v3"), actions::toString);
    assertTrue(actions.contains("actions/deploy-pages@v4"), actions::toString);
    assertEquals(
        List.of(), actions.stream().filter(a -> !a.matches("actions/[a-z-]+@v\\d+")).toList());
  }

  @Test
  void everyCommandIsInTheTree() throws IOException {
    assertTrue(Files.isExecutable(HOME.resolve("fanbench")));
    for (String command : commands()) {
      assertTrue(PROGRAMS.stream().anyMatch(command::startsWith), command);
      for (String word : command.split(" ", -1)) {
        assertTrue(isThere(word), () -> word + " of " + command);
      }
    }
    assertTrue(commands().contains("./fanbench run quick"));
    assertTrue(Files.exists(HOME.resolve("gatling/workloads/quick.conf")));
  }

  /** The checks themselves: paths that nobody makes are found. */
  @Test
  void whatIsNotThereIsFound() throws IOException {
    assertFalse(isThere("./fanbnech"));
    assertFalse(isThere("reports/publised/*"));
    assertTrue(isThere("reports/pages"));
  }

  @Test
  void whatIsUploadedIsWhatTheCommandsWrite() throws IOException {
    String all = String.join("\n", commands());
    assertTrue(all.contains("--site reports/pages "), all);
    for (String path : List.of("reports/runs", "reports/pages")) {
      assertTrue(isThere(path), path);
      assertTrue(String.valueOf(jobs.get("run")).contains("path=" + path), path);
    }
  }

  @Test
  void javaAndPackagesAreThoseThatTheBuildNames() throws IOException {
    assertTrue(text("pom.xml").contains(">17</maven.compiler.release>"));
    for (Map<String, Object> step : steps()) {
      Map<String, Object> with = TemplateNode.mapIn(step, "with", "a step");
      assertEquals("17", TemplateNode.text(with, "java-version", "with", "17"));
    }
    assertTrue(String.join("\n", commands()).contains("apt-get install --yes redis-server"));
    assertTrue(text("CONTRIBUTING.md").contains("apt-get install redis-server"));
  }

  /** A path of the tree, or one that the build makes and git therefore ignores. */
  private static boolean isThere(String word) throws IOException {
    String path = word.replaceAll("^\\./|/?\\*$", "");
    return !word.contains("/")
        || Files.exists(HOME.resolve(path))
        || text(".gitignore").contains("/" + path + "/\n");
  }

  private static List<String> commands() {
    List<String> commands = new ArrayList<>();
    for (String script : each("run")) {
      commands.addAll(Arrays.asList(script.strip().split("\\s*(?:\n|&&|\\|\\|)\\s*", -1)));
    }
    return commands;
  }

  private static List<String> each(String key) {
    return steps().stream()
        .filter(step -> step.containsKey(key))
        .map(step -> TemplateNode.text(step, key, "a step"))
        .toList();
  }

  private static List<Map<String, Object>> steps() {
    List<Map<String, Object>> steps = new ArrayList<>();
    for (String name : jobs.keySet()) {
      for (Object step : TemplateNode.list(job(name), "steps", name)) {
        steps.add(TemplateNode.map(step, name));
      }
    }
    return steps;
  }

  private static Map<String, Object> job(String name) {
    return TemplateNode.mapIn(jobs, name, "jobs");
  }

  private static String text(String file) throws IOException {
    return Files.readString(HOME.resolve(file));
  }
}
