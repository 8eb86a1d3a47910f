package dev.fanbench.jmh.sockets;

import dev.fanbench.baseline.broadcast.BroadcastKind;
import dev.fanbench.baseline.broadcast.ServerTransport;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

/**
 * A room in a process of its own, so that the limit on open files holds for each room alone. It
 * publishes when it is asked to, and ends with this process. Not thread-safe.
 */
public final class RoomProcess implements AutoCloseable {
  private static final String FLOOR = "floor";

  private final Process process;
  private final BufferedReader said;
  private final PrintWriter asked;

  private RoomProcess(Process process) {
    this.process = process;
    said = process.inputReader(StandardCharsets.UTF_8);
    asked = new PrintWriter(process.outputWriter(StandardCharsets.UTF_8), true);
  }

  /** Starts a room of plain sockets, and returns when it is full. */
  public static RoomProcess floor(int subscribers, String text) throws IOException {
    return start(FLOOR, subscribers, text);
  }

  /**
   * Starts a room of the in-memory server's broadcaster, and returns when it is full.
   *
   * @param text what each publication says
   * @throws IOException when it does not start
   */
  public static RoomProcess start(BroadcastKind kind, int subscribers, String text)
      throws IOException {
    return start(kind.name(), subscribers, text);
  }

  private static RoomProcess start(String kind, int subscribers, String text) throws IOException {
    List<String> command =
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            // As in the targets that fanbench starts; a watched buffer makes garbage of its own.
            "-Dio.netty.leakDetection.level=disabled",
            "-cp",
            System.getProperty("java.class.path"),
            RoomProcess.class.getName(),
            kind,
            Integer.toString(subscribers),
            text);
    RoomProcess room =
        new RoomProcess(
            new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start());
    try {
      room.answer();
      return room;
    } catch (IOException failure) {
      room.process.destroyForcibly();
      throw failure;
    }
  }

  /**
   * Makes publications, some at a time.
   *
   * @throws IOException when the room has ended
   */
  public LoopCost publish(int times, int inFlight) throws IOException {
    asked.println(times + " " + inFlight);
    String[] cost = answer().split(" ", -1);
    return new LoopCost(Long.parseLong(cost[0]), Long.parseLong(cost[1]), Long.parseLong(cost[2]));
  }

  private String answer() throws IOException {
    String line = said.readLine();
    if (line == null) {
      throw new IOException("a room's process ended before it answered");
    }
    return line;
  }

  /**
   * Ends the room, which audits itself.
   *
   * @throws IOException when the audit failed, so that what was measured means nothing
   */
  @Override
  public void close() throws IOException {
    asked.close();
    try {
      int exitCode = process.waitFor();
      if (exitCode != 0) {
        throw new IOException("a room's process ended with " + exitCode);
      }
    } catch (InterruptedException hurry) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted while a room was ending", hurry);
    } finally {
      process.destroyForcibly();
    }
  }

  /** One way to publish. */
  @FunctionalInterface
  private interface Publishing {
    LoopCost publish(int times, int inFlight) throws IOException, InterruptedException;
  }

  /**
   * Runs until standard input ends.
   *
   * @param args the kind of room, its members, and the text of a publication
   */
  public static void main(String[] args) throws IOException, InterruptedException {
    int subscribers = Integer.parseInt(args[1]);
    String text = args[2];
    if (args[0].equals(FLOOR)) {
      try (PlainSocketRoom room = PlainSocketRoom.open(subscribers)) {
        serve((times, inFlight) -> room.publish(text, times));
      }
    } else {
      BroadcastKind kind = BroadcastKind.valueOf(args[0]);
      try (LoopbackRoom room = LoopbackRoom.open(kind, ServerTransport.best(), subscribers)) {
        serve((times, inFlight) -> room.publish(text, times, inFlight));
      }
    }
  }

  private static void serve(Publishing room) throws IOException, InterruptedException {
    BufferedReader in =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    System.out.println("full");
    for (String line = in.readLine(); line != null; line = in.readLine()) {
      String[] turn = line.split(" ", -1);
      LoopCost cost = room.publish(Integer.parseInt(turn[0]), Integer.parseInt(turn[1]));
      System.out.println(cost.allocatedBytes() + " " + cost.cpuNanos() + " " + cost.writes());
    }
  }
}
