package dev.fanbench.gatling.experiment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.fanbench.gatling.faulty.Fault;
import dev.fanbench.gatling.faulty.FaultyTarget;
import dev.fanbench.gatling.options.Options;
import dev.fanbench.measurement.run.RecordedRun;
import dev.fanbench.reports.ReportWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A server that repeats the credentials of its clients to all of them. */
@Timeout(60)
class CredentialTest {
  private static final String PHASE = "fanout = [ { subscribers = 3, count = 40, rate = 100 } ]";

  @TempDir private Path directory;

  @TempDir private Path given;

  @Test
  void noCredentialIsInTheRunDirectoryOrTheReport() throws Exception {
    Path users = given.resolve("users.csv");
    Files.writeString(
        users, "user,token,query,header.X-Key\nada,s3cret-1,k=s3cret-2,s3cret-3\nbob,s3cret-4,,\n");
    Path dialect = given.resolve("loud.conf");
    Files.writeString(
        dialect,
        """
        join { probe = true }
        publish { send = "${text}" }
        keepAlive { every = 50ms, send = "I am ${user} with ${token}" }
        """);
    try (FaultyTarget target = FaultyTarget.start(new Fault.Roomless())) {
      Options options =
          ExperimentInTest.options(
              directory,
              target.url().toString(),
              "users = \"%s\", dialect = \"%s\"\n".formatted(users, dialect) + PHASE);
      ExperimentInTest run = ExperimentInTest.of(options.targets().get(0), options);
      RecordedRun recorded = run.whole();
      assertEquals(120, recorded.phases().get(0).result().deliveryCount().delivered());
      ReportWriter.write(List.of(run.written()), directory.resolve("site"));
      assertFalse(run.view().toString().contains("s3cret"));
    }
    assertTrue(contents().contains("with (not shown)"), "an example of these frames is kept");
    assertFalse(contents().contains("s3cret"));
  }

  private String contents() throws Exception {
    StringBuilder all = new StringBuilder();
    try (Stream<Path> files = Files.walk(directory)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        all.append(new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1));
      }
    }
    return all.toString();
  }
}
