package dev.fanbench.emulator;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.fanbench.emulator.runtime.FunctionFolder;
import dev.fanbench.emulator.tls.TlsChoice;
import dev.fanbench.protocol.contract.RoomChatContract;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.Timeout;

/** A chat in another language behind the emulator, posting by TLS as it does on AWS. */
@TestInstance(Lifecycle.PER_CLASS)
@Timeout(60)
abstract class SampleChat implements RoomChatContract {
  private final Path folder;
  private final List<String> programs;
  private Emulator emulator;

  /**
   * @param folder of the template, below {@code target-system} or beside it
   * @param programs that must be on the PATH
   */
  SampleChat(Path folder, String... programs) {
    this.folder = Path.of("..").resolve(folder);
    this.programs = List.of(programs);
  }

  /** The options, which may be changed. */
  EmulatorOptions options() throws IOException {
    return EmulatorOptions.standard()
        .withTemplate(Files.readString(folder.resolve("template.yaml")))
        .withFolder(folder)
        .withTls(new TlsChoice(true, List.of()));
  }

  /** Leaves the tests out where boto3 is missing. */
  static void assumeBoto3() throws Exception {
    Process imported = new ProcessBuilder("python3", "-c", "import boto3").start();
    assumeAvailable(imported.waitFor() == 0, "boto3");
  }

  /** Leaves the tests out where the SDK for JavaScript is not installed beside the program. */
  final void assumeNodeSdk() {
    assumeAvailable(Files.isDirectory(folder.resolve("node_modules")), "the AWS SDK");
  }

  /** Leaves the tests out where a library is missing, but never where CI is set. */
  static void assumeAvailable(boolean available, String library) {
    assumeTrue(available || System.getenv("CI") != null, () -> library + " is not installed");
  }

  final Path folder() {
    return folder;
  }

  final Emulator emulator() {
    return emulator;
  }

  @BeforeAll
  void start() throws Exception {
    FunctionFolder.assumeInstalled(programs.toArray(String[]::new));
    emulator = Emulator.start(options());
  }

  @AfterAll
  void stop() {
    if (emulator != null) {
      emulator.close();
    }
  }

  @Override
  public URI url() {
    return emulator.url();
  }

  @Override
  public void settle() {
    EmulatorContract.settle(emulator);
  }

  @Override
  public boolean keepsOrder() {
    return false;
  }
}
