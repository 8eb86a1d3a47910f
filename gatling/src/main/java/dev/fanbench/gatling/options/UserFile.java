package dev.fanbench.gatling.options;

import dev.fanbench.gatling.fleet.ClientIdentity;
import dev.fanbench.gatling.fleet.HandshakeHeader;
import dev.fanbench.measurement.run.UnitFormat;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * The file of {@code users=}: comma-separated values in UTF-8 below a header line. Its values are
 * secrets, so no message shows one. Immutable.
 *
 * @param columns names in the header line, in lower case
 * @param rows at least one
 */
record UserFile(List<String> columns, List<ClientIdentity> rows) {
  static final int MOST_ROWS = 1_000_000;
  static final String USER = "user";
  static final String TOKEN = "token";
  static final String QUERY = "query";
  static final String HEADER = "header.";

  private static final String BYTE_ORDER_MARK = "\ufeff";
  private static final String COLUMNS = "user, token, query and header.NAME";

  UserFile {
    columns = columns.stream().map(name -> name.toLowerCase(Locale.ROOT)).toList();
    rows = List.copyOf(rows);
  }

  /**
   * Reads a file.
   *
   * @param token of clients where the file has no column for it
   * @throws BadOption with one sentence that names the file and the line
   */
  static UserFile read(Path file, String token) {
    try (BufferedReader lines = Files.newBufferedReader(file)) {
      return new Reading(file, token).read(lines);
    } catch (CharacterCodingException binary) {
      throw new BadOption(file.getFileName() + " is not allowed; users takes a file in UTF-8.");
    } catch (IOException missing) {
      throw OptionCatalog.USERS.bad(file);
    }
  }

  /** Whether the header line has a column, in any case of its letters. */
  boolean has(String column) {
    return columns.contains(column.toLowerCase(Locale.ROOT));
  }

  /** One pass over a file. */
  private static final class Reading {
    private final Path file;
    private final String token;
    private final List<ClientIdentity> rows = new ArrayList<>();
    private List<String> columns = List.of();
    private int number;

    Reading(Path file, String token) {
      this.file = file;
      this.token = token;
    }

    UserFile read(BufferedReader lines) throws IOException {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        number++;
        if (number == 1) {
          columns = header(values(line.replace(BYTE_ORDER_MARK, "")));
        } else if (rows.size() == MOST_ROWS) {
          throw bad("there are more than " + UnitFormat.count(MOST_ROWS) + " rows");
        } else {
          rows.add(row(values(line)));
        }
      }
      if (rows.isEmpty()) {
        number++;
        throw bad(number == 1 ? "there is no header line" : "there is no row");
      }
      return new UserFile(columns, rows);
    }

    private List<String> values(String line) {
      try {
        return CsvLine.values(line);
      } catch (IllegalArgumentException wrong) {
        throw bad(wrong.getMessage());
      }
    }

    /** A first line without any known column is taken for a row, so its words are not shown. */
    private List<String> header(List<String> names) {
      if (names.stream().noneMatch(Reading::isColumn)) {
        throw bad("there is no header line; its columns are " + COLUMNS);
      }
      Set<String> different = new HashSet<>();
      for (int i = 0; i < names.size(); i++) {
        if (!isColumn(names.get(i))) {
          throw bad("column %d is not known; known are %s".formatted(i + 1, COLUMNS));
        }
        if (!different.add(names.get(i).toLowerCase(Locale.ROOT))) {
          throw bad("column %d stands there twice".formatted(i + 1));
        }
      }
      return names;
    }

    private static boolean isColumn(String name) {
      return Set.of(USER, TOKEN, QUERY).contains(name)
          || (name.startsWith(HEADER) && HandshakeHeader.isName(name.substring(HEADER.length())));
    }

    private ClientIdentity row(List<String> values) {
      if (values.size() != columns.size()) {
        throw bad(
            "the number of values is %d, and the header line has %d columns"
                .formatted(values.size(), columns.size()));
      }
      String user = "";
      String ownToken = token;
      String query = "";
      Map<String, String> headers = new TreeMap<>();
      for (int i = 0; i < values.size(); i++) {
        String column = columns.get(i);
        String value = values.get(i);
        switch (column) {
          case USER -> user = text(column, value);
          case TOKEN -> ownToken = text(column, value);
          case QUERY -> query = query(value);
          default -> {
            if (!value.isEmpty()) {
              headers.put(column.substring(HEADER.length()), header(column, value));
            }
          }
        }
      }
      return new ClientIdentity(user, ownToken, query, headers);
    }

    private String text(String column, String value) {
      if (value.chars().anyMatch(Character::isISOControl)) {
        throw bad(column + " takes text without control characters");
      }
      return value;
    }

    private String query(String value) {
      if (!value.matches("[\\x21-\\x7e&&[^#?]]*")) {
        throw bad("query takes text as in a URL, such as key=a%20b, without ? and #");
      }
      return value;
    }

    private String header(String column, String value) {
      if (!HandshakeHeader.isValue(value)) {
        throw bad(column + " takes printable ASCII");
      }
      return value;
    }

    private BadOption bad(String clause) {
      return new BadOption("%s, line %d: %s.".formatted(file.getFileName(), number, clause));
    }
  }
}
