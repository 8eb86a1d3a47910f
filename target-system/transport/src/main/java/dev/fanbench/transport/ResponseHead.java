package dev.fanbench.transport;

import java.util.Locale;
import software.amazon.awssdk.http.SdkHttpResponse;

/** The status line and the headers of a response, as they are read. */
final class ResponseHead {
  /** The length of a body that comes in chunks. */
  static final long CHUNKED = -1;

  /** The length of a body that ends with the connection. */
  static final long UNKNOWN = -2;

  private static final int STATUS_AT = 9;
  private static final int STATUS_END = 12;
  private static final int LENGTH_DIGITS = 18;

  private final SdkHttpResponse.Builder response = SdkHttpResponse.builder();
  private final int status;
  private boolean keepsOpen;
  private boolean chunked;
  private boolean encoded;
  private long length = UNKNOWN;
  private String name;
  private String value;

  /** Reads a status line. */
  ResponseHead(String line) throws MalformedResponseException {
    boolean whole =
        (line.startsWith("HTTP/1.1 ") || line.startsWith("HTTP/1.0 "))
            && line.length() >= STATUS_END
            && (line.length() == STATUS_END || line.charAt(STATUS_END) == ' ');
    status = whole ? digits(line) : -1;
    if (status < 100) {
      throw new MalformedResponseException("the response has no status line of HTTP/1.1");
    }
    keepsOpen = line.startsWith("HTTP/1.1");
    response.statusCode(status);
    if (line.length() > STATUS_END + 1) {
      response.statusText(line.substring(STATUS_END + 1));
    }
  }

  private static int digits(String line) {
    int number = 0;
    for (int i = STATUS_AT; i < STATUS_END; i++) {
      int digit = line.charAt(i) - '0';
      if (digit < 0 || digit > 9) {
        return -1;
      }
      number = number * 10 + digit;
    }
    return number;
  }

  int status() {
    return status;
  }

  /** Reads a header line, or the rest of the one before. */
  void add(String line) throws MalformedResponseException {
    char first = line.charAt(0);
    if (first == ' ' || first == '\t') {
      if (name == null) {
        throw new MalformedResponseException("the first header of the response has no name");
      }
      value = value + " " + line.trim();
      return;
    }
    keep();
    int colon = line.indexOf(':');
    if (colon <= 0 || line.charAt(colon - 1) == ' ' || line.charAt(colon - 1) == '\t') {
      throw new MalformedResponseException("a header of the response has no name");
    }
    name = line.substring(0, colon);
    value = line.substring(colon + 1).trim();
  }

  private void keep() throws MalformedResponseException {
    if (name == null) {
      return;
    }
    switch (name.length()) {
      case 10 -> {
        if (name.equalsIgnoreCase("Connection")) {
          connection(value.toLowerCase(Locale.ROOT));
        }
      }
      case 14 -> {
        if (name.equalsIgnoreCase("Content-Length")) {
          length(value);
        }
      }
      case 17 -> {
        if (name.equalsIgnoreCase("Transfer-Encoding")) {
          encoded = true;
          String lower = value.toLowerCase(Locale.ROOT);
          chunked =
              lower.equals("chunked") || lower.endsWith(",chunked") || lower.endsWith(" chunked");
        }
      }
      default -> {}
    }
    response.appendHeader(name, value);
    name = null;
  }

  private void connection(String options) {
    if (options.contains("close")) {
      keepsOpen = false;
    } else if (options.contains("keep-alive")) {
      keepsOpen = true;
    }
  }

  private void length(String text) throws MalformedResponseException {
    for (String each : text.split(",", -1)) {
      String trimmed = each.trim();
      if (trimmed.isEmpty()
          || trimmed.length() > LENGTH_DIGITS
          || !trimmed.chars().allMatch(digit -> digit >= '0' && digit <= '9')) {
        throw new MalformedResponseException("Content-Length of the response is no number");
      }
      long said = Long.parseLong(trimmed);
      if (length != UNKNOWN && length != said) {
        throw new MalformedResponseException("the response has two lengths");
      }
      length = said;
    }
  }

  /** Ends the headers. */
  SdkHttpResponse response() {
    return response.build();
  }

  /** Whether the connection stays open after the response; reads the last header first. */
  boolean keepsOpen() throws MalformedResponseException {
    keep();
    return keepsOpen && !(encoded && length != UNKNOWN);
  }

  /** The length of the body, {@link #CHUNKED} or {@link #UNKNOWN}. */
  long length() {
    if (encoded) {
      return chunked ? CHUNKED : UNKNOWN;
    }
    return length;
  }
}
