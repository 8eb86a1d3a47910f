package dev.fanbench.protocol.fuzz;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** A request for a WebSocket that can be changed part by part. Not thread-safe. */
final class RequestDraft {
  /** The key of the standard's own example. */
  static final String KEY = "dGhlIHNhbXBsZSBub25jZQ==";

  private final URI url;

  /** The path that the server takes. */
  final String path;

  /** Host and port of the server. */
  final String authority;

  /** Lines of the header, as they are sent, without their ends. */
  final List<String> lines = new ArrayList<>();

  String method = "GET";
  String target;
  String version = "HTTP/1.1";
  String lineEnd = "\r\n";

  /** Sent ahead of the request line. */
  String ahead = "";

  /** Sent behind the empty line, and a part of the request. */
  String body = "";

  /** Sent behind the request, and no part of it. */
  byte[] behind = {};

  /** Bytes of the head that are sent; the rest of the request never comes. */
  int headBytes = Integer.MAX_VALUE;

  /** A request that has to be answered with 101. */
  RequestDraft(URI url) {
    this.url = url;
    path = url.getRawPath();
    target = path;
    authority = url.getAuthority();
    lines.add("Host: " + authority);
    lines.add("Upgrade: websocket");
    lines.add("Connection: Upgrade");
    lines.add("Sec-WebSocket-Version: 13");
    lines.add("Sec-WebSocket-Key: " + KEY);
  }

  URI url() {
    return url;
  }

  /** The place of a header's first line, or -1. */
  int indexOf(String name) {
    String start = name.toLowerCase(Locale.ROOT) + ":";
    for (int i = 0; i < lines.size(); i++) {
      if (lines.get(i).toLowerCase(Locale.ROOT).startsWith(start)) {
        return i;
      }
    }
    return -1;
  }

  /** Replaces a header's first line, or adds it. */
  void set(String name, String value) {
    int at = indexOf(name);
    String line = name + ": " + value;
    if (at < 0) {
      lines.add(line);
    } else {
      lines.set(at, line);
    }
  }

  /** Everything up to the empty line, with it. */
  String head() {
    return ahead
        + method
        + " "
        + target
        + (version.isEmpty() ? "" : " " + version)
        + lineEnd
        + String.join(lineEnd, lines)
        + lineEnd
        + lineEnd;
  }

  /** Whether the head's end is never sent. */
  boolean isUnfinished() {
    return headBytes < head().length();
  }

  /** All that is sent. */
  byte[] bytes() {
    String head = head();
    if (isUnfinished()) {
      return head.substring(0, headBytes).getBytes(ISO_8859_1);
    }
    byte[] request = (head + body).getBytes(ISO_8859_1);
    byte[] all = new byte[request.length + behind.length];
    System.arraycopy(request, 0, all, 0, request.length);
    System.arraycopy(behind, 0, all, request.length, behind.length);
    return all;
  }
}
