package dev.fanbench.gatling.check;

import dev.fanbench.gatling.dialect.FrameText;
import dev.fanbench.gatling.fleet.Client;
import dev.fanbench.gatling.fleet.FrameTrace;
import dev.fanbench.gatling.fleet.IdentityTable;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * Prints the frames of a check, one line each: {@code A → text} is sent by client A, {@code A ←
 * text} is received. Thread-safe.
 */
final class FramePrinter implements FrameTrace {
  /** The most frames that are shown for one client, so that an endless server ends. */
  static final int MOST_FRAMES = 40;

  private final Consumer<String> out;
  private final Map<Client, Character> names = new HashMap<>();
  private final Map<Client, Integer> shown = new HashMap<>();
  private final Map<String, Integer> keptAlive = new TreeMap<>();
  private final IdentityTable identities;
  private int beats;

  /**
   * @param identities of the clients, whose secrets are not shown
   */
  FramePrinter(IdentityTable identities, Consumer<String> out) {
    this.identities = identities;
    this.out = out;
  }

  @Override
  public void sent(Client client, byte[] payload) {
    print(client, "→", FrameText.shown(payload));
  }

  @Override
  public void received(Client client, byte[] bytes, int offset, int length) {
    print(client, "←", FrameText.shown(bytes, offset, length));
  }

  @Override
  public synchronized void keptAlive(Client client, String words, boolean answered) {
    String kind = words + (answered ? ", answered" : ", which needs no answer");
    keptAlive.merge(kind, 1, Integer::sum);
  }

  @Override
  public synchronized void beat(Client client) {
    beats++;
  }

  /** The keep-alives that came and were sent so far; empty when there was none. */
  synchronized String keepAlives() {
    List<String> parts = new ArrayList<>();
    keptAlive.forEach((kind, count) -> parts.add(count + " times " + kind));
    if (beats > 0) {
      parts.add(beats + " times the clients' own keep-alive");
    }
    return String.join("; ", parts);
  }

  /** The letter of a client: A for the first that was seen. */
  synchronized char name(Client client) {
    return names.computeIfAbsent(client, next -> (char) ('A' + names.size()));
  }

  private synchronized void print(Client client, String arrow, String text) {
    String frame = identities.hide(text);
    int count = shown.merge(client, 1, Integer::sum);
    if (count <= MOST_FRAMES) {
      out.accept("    " + name(client) + " " + arrow + " " + frame);
    } else if (count == MOST_FRAMES + 1) {
      out.accept("    " + name(client) + "   further frames are not shown");
    }
  }
}
