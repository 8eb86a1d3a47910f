package dev.fanbench.measurement.run;

import java.util.List;
import java.util.Map;

/**
 * The system under test, as the reader of a report must know it.
 *
 * @param label short name, unique in a report: {@code netty}, {@code serverless}, {@code floor}, or
 *     what the user called a URL
 * @param url where the load went
 * @param launched true when fanbench started it (loopback, its own process)
 * @param place where it ran, in words: {@code this machine, loopback, own process}
 * @param kind {@code in-memory}, {@code serverless}, {@code floor} or {@code remote}
 * @param modelled parts that are emulated or modelled, in words; empty for a real server
 * @param settings options it was started with
 */
public record TargetDescription(
    String label,
    String url,
    boolean launched,
    String place,
    String kind,
    List<String> modelled,
    Map<String, String> settings) {

  /** The setting that has the version of a server of another project. */
  public static final String VERSION = "version";

  public TargetDescription {
    modelled = modelled == null ? List.of() : List.copyOf(modelled);
    settings = OrderedCopy.copyOf(settings);
  }
}
