package dev.fanbench.gatling.options;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.fanbench.gatling.fleet.ClientIdentity;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class UserFileTest {
  @TempDir private Path directory;

  @Test
  void eachRowIsAnIdentity() throws IOException {
    String lines =
        """
        \ufeffuser,token,query,header.X-Key
        ada,t1,"a=1,2&b=%20",k1
        Zo\u00eb,,,
        """;
    UserFile file = read(lines.replace("\n", "\r\n"));
    assertEquals(
        List.of(
            new ClientIdentity("ada", "t1", "a=1,2&b=%20", Map.of("X-Key", "k1")),
            new ClientIdentity("Zo\u00eb", "", "", Map.of())),
        file.rows());
    assertTrue(file.has("header.x-key"));
    assertFalse(file.has("header.x"));
  }

  @Test
  void aFileWithoutTokensHasThatOfTheOption() throws IOException {
    assertEquals("shared", read("user\nada").rows().get(0).token());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\'',
      textBlock =
          """
          ''                       | line 1: there is no header line.
          ada,s3cret               | line 1: there is no header line; its columns are user, token,
          user                     | line 2: there is no row.
          user,s3cret;a,b          | line 1: column 2 is not known; known are user, token, query and
          user,header.Host;a,s3cret | line 1: column 2 is not known
          user,header.A b;a,s3cret | line 1: column 2 is not known
          user,header.A,header.a;a,b,s3cret | line 1: column 3 stands there twice.
          user,token;a,s3cret;b    | line 3: the number of values is 1, and the header line has 2
          user,token;a,s3cret,c    | line 2: the number of values is 3, and the header line has 2
          user,token;a,s3cret;;b,c | line 3: the number of values is 1, and the header line has 2
          header.A;s3cret\u00e4    | line 2: header.A takes printable ASCII.
          header.A;s3cret\u0001x   | line 2: header.A takes printable ASCII.
          query;s3cret#1           | line 2: query takes text as in a URL
          query;a=s3cret b         | line 2: query takes text as in a URL
          token;s3cret\u0001x      | line 2: token takes text without control characters.
          token;"s3cret            | line 2: a value in quotes does not end on its line.
          """)
  void aBadFileIsAnsweredByOneSentenceWithoutItsValues(String lines, String sentence) {
    BadOption bad = assertThrows(BadOption.class, () -> read(lines.replace(';', '\n')));
    assertTrue(bad.getMessage().startsWith("users.csv, " + sentence), bad.getMessage());
    assertFalse(bad.getMessage().contains("s3cret"), bad.getMessage());
  }

  @Test
  void aFileHasAtMostAMillionRows() throws IOException {
    String most = "user\n" + "a\n".repeat(UserFile.MOST_ROWS);
    assertEquals(UserFile.MOST_ROWS, read(most).rows().size());
    BadOption bad = assertThrows(BadOption.class, () -> read(most + "a\n"));
    assertEquals("users.csv, line 1000002: there are more than 1,000,000 rows.", bad.getMessage());
  }

  @Test
  void aFileMustBeThereAndText() throws IOException {
    Path missing = directory.resolve("none.csv");
    BadOption bad = assertThrows(BadOption.class, () -> UserFile.read(missing, ""));
    assertTrue(
        bad.getMessage().startsWith("users=" + missing + " is not allowed"), bad.getMessage());
    Path latin =
        Files.write(
            directory.resolve("latin.csv"), "user\n\u00e4".getBytes(StandardCharsets.ISO_8859_1));
    bad = assertThrows(BadOption.class, () -> UserFile.read(latin, ""));
    assertEquals("latin.csv is not allowed; users takes a file in UTF-8.", bad.getMessage());
  }

  private UserFile read(String text) throws IOException {
    return UserFile.read(Files.writeString(directory.resolve("users.csv"), text), "shared");
  }
}
