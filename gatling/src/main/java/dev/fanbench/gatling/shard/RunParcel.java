package dev.fanbench.gatling.shard;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;

/**
 * The run directories of a shard as one stream. Nothing in it names a path: each run has a number,
 * and only the three files of a run are taken.
 */
final class RunParcel {
  private static final List<String> FILES = List.of("run.json", "latency.hlog", "publications.csv");
  private static final Pattern ENTRY =
      Pattern.compile("(\\d{1,2})/(run\\.json|latency\\.hlog|publications\\.csv)");
  private static final int BUFFER = 64 * 1_024;

  private RunParcel() {}

  /** Packs runs, in order. */
  static void pack(List<Path> runs, OutputStream to) throws IOException {
    try (ZipOutputStream zip = new ZipOutputStream(to)) {
      for (int run = 0; run < runs.size(); run++) {
        for (String file : FILES) {
          Path path = runs.get(run).resolve(file);
          if (Files.exists(path)) {
            zip.putNextEntry(new ZipEntry(run + "/" + file));
            Files.copy(path, zip);
            zip.closeEntry();
          }
        }
      }
    }
  }

  /**
   * Unpacks runs.
   *
   * @param directories of the runs, which are made, in order
   * @param mostBytes of all files
   * @return the directories that have been written
   * @throws IOException when there is anything else in it, or more
   */
  static List<Path> unpack(Path parcel, List<Path> directories, long mostBytes) throws IOException {
    List<Path> written = new ArrayList<>();
    long left = mostBytes;
    try (ZipInputStream zip =
        new ZipInputStream(new BufferedInputStream(Files.newInputStream(parcel)))) {
      for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
        Matcher name = ENTRY.matcher(entry.getName());
        if (!name.matches() || Integer.parseInt(name.group(1)) >= directories.size()) {
          throw new IOException("a shard sent what is no file of a run");
        }
        Path directory = directories.get(Integer.parseInt(name.group(1)));
        if (!written.contains(directory)) {
          Files.createDirectories(directory);
          written.add(directory);
        }
        Path file = directory.resolve(name.group(2));
        try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(file))) {
          left -= copy(zip, out, left);
        }
      }
    }
    return written;
  }

  private static long copy(InputStream in, OutputStream out, long most) throws IOException {
    byte[] buffer = new byte[BUFFER];
    long copied = 0;
    for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
      copied += read;
      if (copied > most) {
        throw new IOException("a shard sent more than fits");
      }
      out.write(buffer, 0, read);
    }
    return copied;
  }
}
