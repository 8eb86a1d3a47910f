package dev.fanbench.measurement.run;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * {@code publications.csv}: one row per arrival, columns found by their names, so that a newer file
 * with more of them is read too.
 */
public final class ArrivalTable {

  /** The first line. */
  public static final String HEADER = "phase,n,intended,sent,first,last,delivered,missing,lag";

  /** Older loads did not write it. */
  private static final String LAG = "lag";

  private ArrivalTable() {}

  /** One line, without its end. */
  public static String row(String phase, Arrival arrival) {
    return phase
        + ','
        + arrival.n()
        + ','
        + time(arrival.intendedAtNanos())
        + ','
        + time(arrival.sentAtNanos())
        + ','
        + time(arrival.firstAtNanos())
        + ','
        + time(arrival.lastAtNanos())
        + ','
        + arrival.delivered()
        + ','
        + arrival.missing()
        + ','
        + time(arrival.lagNanos());
  }

  /** Arrivals by phase, in the order of the file. */
  static Map<String, List<Arrival>> read(RunDirectory files) throws IOException {
    if (!Files.isRegularFile(files.publications())) {
      throw new UnreadableRunException(files.path(), "it has no publications.csv");
    }
    Map<String, PackedArrivalList> arrivals = new LinkedHashMap<>();
    long lineNumber = 1;
    try (BufferedReader lines = Files.newBufferedReader(files.publications())) {
      Map<String, Integer> columns = columns(files, lines.readLine());
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        lineNumber++;
        Row row = new Row(columns, Arrays.asList(line.split(",", -1)));
        arrivals
            .computeIfAbsent(row.text("phase"), name -> new PackedArrivalList())
            .append(row.arrival());
      }
    } catch (NumberFormatException | IndexOutOfBoundsException | CharacterCodingException e) {
      throw new UnreadableRunException(
          files.path(), "publications.csv is damaged in line " + lineNumber, e);
    }
    if (!endsWithLineEnd(files.publications())) {
      throw new UnreadableRunException(
          files.path(), "publications.csv is cut off in line " + lineNumber);
    }
    return Collections.unmodifiableMap(arrivals);
  }

  /** A number of which the last digits are cut off is a number too. */
  private static boolean endsWithLineEnd(Path file) throws IOException {
    try (FileChannel bytes = FileChannel.open(file)) {
      ByteBuffer last = ByteBuffer.allocate(1);
      return bytes.read(last, bytes.size() - 1) == 1 && last.get(0) == '\n';
    }
  }

  private static Map<String, Integer> columns(RunDirectory files, String header)
      throws UnreadableRunException {
    Map<String, Integer> columns = new HashMap<>();
    String[] names = header == null ? new String[0] : header.split(",", -1);
    for (int i = 0; i < names.length; i++) {
      columns.put(names[i], i);
    }
    List<String> needed = new ArrayList<>(Arrays.asList(HEADER.split(",", -1)));
    needed.remove(LAG);
    if (!columns.keySet().containsAll(needed)) {
      throw new UnreadableRunException(
          files.path(), "publications.csv has not the columns " + String.join(",", needed));
    }
    return columns;
  }

  private static String time(long nanos) {
    return nanos == Arrival.NEVER ? "" : Long.toString(nanos);
  }

  private record Row(Map<String, Integer> columns, List<String> fields) {

    String text(String column) {
      return fields.get(columns.get(column));
    }

    int number(String column) {
      return Integer.parseInt(text(column));
    }

    long time(String column) {
      return text(column).isEmpty() ? Arrival.NEVER : Long.parseLong(text(column));
    }

    Arrival arrival() {
      return new Arrival(
          number("n"),
          time("intended"),
          time("sent"),
          time("first"),
          time("last"),
          number("delivered"),
          number("missing"),
          columns.containsKey(LAG) ? time(LAG) : Arrival.NEVER);
    }
  }
}
