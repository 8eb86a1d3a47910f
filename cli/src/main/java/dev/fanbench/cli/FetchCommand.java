package dev.fanbench.cli;

import dev.fanbench.gatling.command.RunCommand;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code fetch}: gets the parts that a release may not hold, by the user's own Maven. */
@Command(
    name = "fetch",
    mixinStandardHelpOptions = true,
    description = {
      "Gets what a release may not hold.",
      "That is DynamoDB Local, which the serverless chat needs. Your own mvn gets it, and its",
      "SHA-256 is checked."
    },
    exitCodeListHeading = "Exit codes:%n",
    exitCodeList = {"0:everything is there", "1:it cannot be got, or its checksum is wrong"})
final class FetchCommand implements Callable<Integer> {
  private static final String LIST = "fetch.list";

  @Spec private CommandSpec spec;

  FetchCommand() {}

  /** One line of the list. */
  private record Part(String sha256, String coordinates, String fileName) {
    static Part read(String line) {
      String[] words = line.split(" ", -1);
      return new Part(words[0], words[1], words[2]);
    }
  }

  @Override
  public Integer call() throws InterruptedException {
    Path library = RunCommand.home().resolve("lib");
    if (!Files.exists(library.resolve(LIST))) {
      say("Nothing to fetch: the build of a checkout has every part.");
      return 0;
    }
    try {
      for (String line : Files.readAllLines(library.resolve(LIST))) {
        fetch(Part.read(line), library);
      }
      return 0;
    } catch (IOException failed) {
      spec.commandLine().getErr().println(failed.getMessage());
      return 1;
    }
  }

  private void fetch(Part part, Path library) throws IOException, InterruptedException {
    Path file = library.resolve(part.fileName());
    if (Files.exists(file)) {
      say(part.fileName() + " is there already.");
      return;
    }
    say("Maven gets " + part.coordinates() + ".");
    Path folder = Files.createTempDirectory(library, "fetched-");
    Path fetched = folder.resolve(part.fileName());
    try {
      maven(part, folder);
      String sum = sha256(fetched);
      if (!sum.equals(part.sha256())) {
        throw new IOException(
            "%s has the SHA-256 %s and should have %s; it is not used."
                .formatted(part.fileName(), sum, part.sha256()));
      }
      Files.move(fetched, file, StandardCopyOption.ATOMIC_MOVE);
      say(part.fileName() + " is there now, and its checksum is right.");
    } finally {
      Files.deleteIfExists(fetched);
      Files.delete(folder);
    }
  }

  private void maven(Part part, Path folder) throws IOException, InterruptedException {
    List<String> command =
        List.of(
            "mvn",
            "--batch-mode",
            "--quiet",
            "dependency:copy",
            "-Dartifact=" + part.coordinates(),
            "-DoutputDirectory=" + folder);
    Process process;
    try {
      process = new ProcessBuilder(command).directory(folder.toFile()).inheritIO().start();
    } catch (IOException none) {
      throw new IOException("There is no mvn on the PATH (Maven 3.8 or newer).", none);
    }
    int exitCode = process.waitFor();
    if (exitCode != 0) {
      throw new IOException("mvn could not get %s; it said why.".formatted(part.coordinates()));
    }
  }

  private static String sha256(Path file) throws IOException {
    try {
      byte[] sum = MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(file));
      return HexFormat.of().formatHex(sum);
    } catch (NoSuchAlgorithmException everyJavaHasIt) {
      throw new IllegalStateException(everyJavaHasIt);
    }
  }

  private void say(String sentence) {
    spec.commandLine().getOut().println(sentence);
    spec.commandLine().getOut().flush();
  }
}
