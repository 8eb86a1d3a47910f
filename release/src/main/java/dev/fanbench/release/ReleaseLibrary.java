package dev.fanbench.release;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;

/**
 * The folder {@code lib} of a release: each jar once, and for each module with a main class a file
 * with the names of its jars in order.
 *
 * <p>DynamoDB Local may not be passed on, so its jar is named and not copied. {@code fetch.list}
 * has its coordinates and SHA-256, by which {@code bin/fanbench fetch} gets it. Gatling's charts
 * may not be passed on either, and fanbench does not draw with them.
 */
public final class ReleaseLibrary {
  private static final List<String> MODULES =
      List.of("cli", "gatling", "floor", "netty-baseline", "target-system/emulator");

  private static final String FETCHED = "DynamoDBLocal-";
  private static final String FETCHED_GROUP = "software.amazon.dynamodb";
  private static final String NOT_USED = "gatling-charts-highcharts-";

  private final Path home;
  private final Path library;

  private ReleaseLibrary(Path home, Path library) {
    this.home = home;
    this.library = library;
  }

  /**
   * Makes the folder.
   *
   * @param arguments the top folder of a checkout that is built, and the folder to make
   */
  public static void main(String[] arguments) throws IOException {
    new ReleaseLibrary(Path.of(arguments[0]), Path.of(arguments[1])).make();
  }

  private void make() throws IOException {
    Files.createDirectories(library);
    List<String> fetched = new ArrayList<>();
    for (String module : MODULES) {
      List<String> names = new ArrayList<>();
      for (Path jar : classPath(home.resolve(module))) {
        String name = jar.getFileName().toString();
        if (name.startsWith(NOT_USED)) {
          continue;
        }
        names.add(name);
        if (name.startsWith(FETCHED)) {
          fetched.add(fetch(jar));
        } else {
          Files.copy(jar, library.resolve(name), StandardCopyOption.REPLACE_EXISTING);
        }
      }
      Files.write(library.resolve(Path.of(module).getFileName() + ".classpath"), names);
    }
    Files.write(library.resolve("fetch.list"), fetched);
    leaveOutOfLicences(library.resolveSibling("THIRD-PARTY.txt"));
  }

  /** The list of licences is of what the archive holds and others have written. */
  private static void leaveOutOfLicences(Path list) throws IOException {
    List<String> held =
        Files.readAllLines(list).stream()
            .filter(line -> !line.contains(FETCHED_GROUP + ":"))
            .filter(line -> !line.contains(":" + NOT_USED.substring(0, NOT_USED.length() - 1)))
            .filter(line -> !line.contains("(dev.fanbench:"))
            .toList();
    Files.write(list, held);
  }

  /** The module's own jar and those that its build has named. */
  private static List<Path> classPath(Path module) throws IOException {
    Path built = module.resolve("target");
    List<Path> jars = new ArrayList<>(List.of(ownJar(built)));
    for (String entry :
        Files.readString(built.resolve("launch.classpath")).strip().split(File.pathSeparator, -1)) {
      Path path = Path.of(entry);
      jars.add(Files.isDirectory(path) ? ownJar(path.getParent()) : path);
    }
    return jars;
  }

  private static Path ownJar(Path built) throws IOException {
    try (Stream<Path> files = Files.list(built)) {
      return files
          .filter(file -> file.getFileName().toString().matches("fanbench-.*\\d(-SNAPSHOT)?\\.jar"))
          .min(Path::compareTo)
          .orElseThrow(() -> new IOException(built + " has no jar: run mvn package first"));
    }
  }

  /** A line of {@code fetch.list}: checksum, coordinates and the jar's name. */
  private static String fetch(Path jar) throws IOException {
    String name = jar.getFileName().toString();
    String version = name.substring(FETCHED.length(), name.length() - ".jar".length());
    String artifact = FETCHED.substring(0, FETCHED.length() - 1);
    return "%s %s:%s:%s %s".formatted(sha256(jar), FETCHED_GROUP, artifact, version, name);
  }

  private static String sha256(Path file) throws IOException {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      try (InputStream in = new DigestInputStream(Files.newInputStream(file), digest)) {
        in.transferTo(OutputStream.nullOutputStream());
      }
      return HexFormat.of().formatHex(digest.digest());
    } catch (NoSuchAlgorithmException everyJavaHasIt) {
      throw new UncheckedIOException(new IOException(everyJavaHasIt));
    }
  }
}
