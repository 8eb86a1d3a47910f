package dev.fanbench.gatling.experiment;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Network namespaces on one bridge, each with an address of its own, as machines have. Only root
 * can make them.
 */
final class NetworkNamespaceSet implements AutoCloseable {
  private static final String NETWORK = "10.231.77.";

  private final String name = "fb" + ProcessHandle.current().pid();
  private final int count;

  private NetworkNamespaceSet(int count) {
    this.count = count;
  }

  /**
   * Makes them. The first one has the bridge.
   *
   * @throws IOException when this machine does not let them be made
   */
  static NetworkNamespaceSet of(int count) throws IOException, InterruptedException {
    NetworkNamespaceSet all = new NetworkNamespaceSet(count);
    try {
      for (int i = 0; i < count; i++) {
        run("ip", "netns", "add", all.namespace(i));
        run("ip", "-n", all.namespace(i), "link", "set", "lo", "up");
      }
      String first = all.namespace(0);
      run("ip", "-n", first, "link", "add", "br0", "type", "bridge");
      run("ip", "-n", first, "address", "add", all.address(0) + "/24", "dev", "br0");
      run("ip", "-n", first, "link", "set", "br0", "up");
      for (int i = 1; i < count; i++) {
        all.connect(i);
      }
      return all;
    } catch (IOException e) {
      all.close();
      throw e;
    }
  }

  private void connect(int i) throws IOException, InterruptedException {
    String first = namespace(0);
    String port = "port" + i;
    run(
        "ip",
        "-n",
        first,
        "link",
        "add",
        port,
        "type",
        "veth",
        "peer",
        "name",
        "eth0",
        "netns",
        namespace(i));
    run("ip", "-n", first, "link", "set", port, "master", "br0", "up");
    run("ip", "-n", namespace(i), "address", "add", address(i) + "/24", "dev", "eth0");
    run("ip", "-n", namespace(i), "link", "set", "eth0", "up");
  }

  private String namespace(int i) {
    return name + "n" + i;
  }

  String address(int i) {
    return NETWORK + (i + 1);
  }

  /** The words in front of a command that is to run in one of them. */
  List<String> prefix(int i) {
    return List.of("ip", "netns", "exec", namespace(i));
  }

  private static void run(String... command) throws IOException, InterruptedException {
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (!process.waitFor(10, TimeUnit.SECONDS) || process.exitValue() != 0) {
      throw new IOException(String.join(" ", command) + ": " + said.strip());
    }
  }

  @Override
  public void close() throws IOException {
    List<String> left = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      try {
        run("ip", "netns", "delete", namespace(i));
      } catch (IOException e) {
        left.add(e.getMessage());
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
    if (!left.isEmpty()) {
      throw new IOException(String.join("; ", left));
    }
  }
}
