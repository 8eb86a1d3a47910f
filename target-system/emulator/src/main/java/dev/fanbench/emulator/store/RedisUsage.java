package dev.fanbench.emulator.store;

import dev.fanbench.target.TargetCounter;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Asks a Redis what it has done, by its command {@code INFO} on a connection of its own. The client
 * library is left to the functions.
 */
final class RedisUsage {
  private static final int TIMEOUT_MILLIS = 2_000;
  private static final byte[] QUESTION = "INFO all\r\nQUIT\r\n".getBytes(StandardCharsets.US_ASCII);

  private static final Pattern COMMAND = Pattern.compile("cmdstat_([^:]+):calls=(\\d+),.*");
  private static final Pattern CPU =
      Pattern.compile("used_cpu_(?:sys|user|sys_children|user_children):(\\d+)\\.(\\d{6})");
  private static final Pattern MEMORY = Pattern.compile("used_memory:(\\d+)");

  private final URI endpoint;

  RedisUsage(URI endpoint) {
    this.endpoint = endpoint;
  }

  /** Counters by the names of the control URL. */
  Map<String, Long> read() throws IOException {
    Map<String, Long> counters = new TreeMap<>();
    try (Socket socket = new Socket()) {
      socket.connect(new InetSocketAddress(endpoint.getHost(), endpoint.getPort()), TIMEOUT_MILLIS);
      socket.setSoTimeout(TIMEOUT_MILLIS);
      socket.getOutputStream().write(QUESTION);
      BufferedReader answer =
          new BufferedReader(
              new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
      for (String line = answer.readLine(); line != null; line = answer.readLine()) {
        count(line, counters);
      }
    }
    if (!counters.containsKey(TargetCounter.REDIS_CPU.key())) {
      throw new IOException("it does not answer INFO as a Redis does");
    }
    return counters;
  }

  private static void count(String line, Map<String, Long> counters) {
    Matcher command = COMMAND.matcher(line);
    Matcher cpu = CPU.matcher(line);
    Matcher memory = MEMORY.matcher(line);
    if (command.matches()) {
      counters.put(
          TargetCounter.REDIS_CALLS.key(command.group(1).replace('|', '.')),
          Long.parseLong(command.group(2)));
    } else if (cpu.matches()) {
      long micros = Long.parseLong(cpu.group(1)) * 1_000_000 + Long.parseLong(cpu.group(2));
      counters.merge(TargetCounter.REDIS_CPU.key(), micros, Long::sum);
    } else if (memory.matches()) {
      counters.put(TargetCounter.REDIS_USED.key(), Long.parseLong(memory.group(1)));
    }
  }
}
