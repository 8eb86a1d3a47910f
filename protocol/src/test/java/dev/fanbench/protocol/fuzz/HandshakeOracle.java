package dev.fanbench.protocol.fuzz;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * Reads a request by RFC 6455, section 4.2.1, and RFC 9112, apart from any server's code, and says
 * how it has to be answered. Where the project is stricter than RFC 6455, its rule counts: {@code
 * Upgrade} names the WebSocket alone, and each header that is wanted once is there once.
 */
final class HandshakeOracle {
  /** Heads and request lines up to here are taken by both servers. */
  private static final int SHORT_HEAD_BYTES = 8_000;

  private static final int SHORT_LINE_BYTES = 4_000;

  /** Heads from here on are refused by both: AWS's limit is 10,240, the other's 4,096 and 8,192. */
  private static final int LONG_HEAD_BYTES = 12_500;

  private static final int KEY_BYTES = 16;
  private static final Pattern TOKEN = Pattern.compile("[!#$%&'*+.^_`|~0-9A-Za-z-]+");
  private static final Pattern ESCAPE = Pattern.compile("%(?![0-9A-Fa-f]{2})");
  private static final Pattern AUTHORITY = Pattern.compile("[A-Za-z0-9.-]+(:[0-9]+)?");

  /** The standard's whole grammar of a name, which few servers know. */
  private static final Pattern RARE_AUTHORITY =
      Pattern.compile("[A-Za-z0-9.~!$&'()*+,;=%_-]*(:[0-9]*)?");

  private final RequestDraft draft;
  private final Map<String, List<String>> headers = new HashMap<>();
  private boolean broken;
  private boolean open;

  private HandshakeOracle(RequestDraft draft) {
    this.draft = draft;
  }

  /** The answers that are allowed to a request. */
  static ExpectedAnswer answerTo(RequestDraft draft) {
    if (draft.isUnfinished()) {
      return ExpectedAnswer.NO_UPGRADE;
    }
    HandshakeOracle oracle = new HandshakeOracle(draft);
    oracle.readLines();
    oracle.checkRequestLine();
    oracle.checkUpgrade();
    oracle.checkSize();
    oracle.checkBody();
    if (oracle.broken) {
      return ExpectedAnswer.REFUSAL;
    }
    return oracle.open ? ExpectedAnswer.EITHER : ExpectedAnswer.UPGRADE;
  }

  private void readLines() {
    for (String line : draft.lines) {
      int colon = line.indexOf(':');
      String name = colon < 0 ? line : line.substring(0, colon);
      if (line.startsWith(" ") || line.startsWith("\t")) {
        open = true;
      } else if (colon < 0 || !TOKEN.matcher(name).matches()) {
        broken = true;
      } else {
        String value = line.substring(colon + 1).strip();
        open |= value.chars().anyMatch(c -> (c < ' ' && c != '\t') || c == 0x7f);
        headers.computeIfAbsent(name.toLowerCase(Locale.ROOT), any -> new ArrayList<>()).add(value);
      }
    }
    open |= !draft.lineEnd.equals("\r\n") || draft.behind.length > 0;
    open |= !draft.ahead.equals("\r\n") && !draft.ahead.isEmpty();
  }

  private void checkRequestLine() {
    broken |= !draft.method.equals("GET");
    boolean rare = draft.version.equals("HTTP/1.2") || draft.version.equals("http/1.1");
    open |= rare;
    broken |= !rare && !draft.version.equals("HTTP/1.1");
    String target = draft.target;
    String origin = "http://" + draft.authority;
    if (target.startsWith(origin)) {
      target = target.substring(origin.length());
    }
    int query = target.indexOf('?');
    String requested = query < 0 ? target : target.substring(0, query);
    open |= target.indexOf('#') >= 0 || target.chars().anyMatch(c -> c <= ' ' || c > '~');
    open |= query >= 0 && ESCAPE.matcher(target.substring(query)).find();
    String bare = requested.endsWith("/") ? requested.replaceAll("/$", "") : requested;
    if (!bare.equals(draft.path)) {
      boolean same = requested.replace("%64", "d").split("#", -1)[0].equals(draft.path);
      open |= same;
      broken |= !same;
    }
  }

  private void checkUpgrade() {
    List<String> host = values("host");
    broken |= host.size() != 1 || host.get(0).isEmpty();
    broken |= host.size() == 1 && !RARE_AUTHORITY.matcher(host.get(0)).matches();
    open |= host.size() == 1 && !AUTHORITY.matcher(host.get(0)).matches();
    List<String> upgrade = values("upgrade");
    broken |= upgrade.size() != 1 || !upgrade.get(0).equalsIgnoreCase("websocket");
    broken |=
        values("connection").stream()
            .flatMap(value -> Arrays.stream(value.split(",")))
            .noneMatch(option -> option.strip().equalsIgnoreCase("upgrade"));
    broken |= !values("sec-websocket-version").equals(List.of("13"));
    List<String> key = values("sec-websocket-key");
    broken |= key.size() != 1 || !isKey(key.get(0));
    for (String extensions : values("sec-websocket-extensions")) {
      broken |= HandshakeWords.BAD_EXTENSIONS.contains(extensions);
      open |=
          !HandshakeWords.BAD_EXTENSIONS.contains(extensions)
              && !HandshakeWords.GOOD_EXTENSIONS.contains(extensions);
    }
  }

  private static boolean isKey(String text) {
    try {
      return text.length() == 24 && Base64.getDecoder().decode(text).length == KEY_BYTES;
    } catch (IllegalArgumentException noBase64) {
      return false;
    }
  }

  private void checkSize() {
    int bytes = draft.head().length();
    open |= bytes > SHORT_HEAD_BYTES || draft.target.length() > SHORT_LINE_BYTES;
    broken |= bytes > LONG_HEAD_BYTES;
  }

  /** Whether a server may wait for a rest of the request that never comes. */
  static boolean waits(RequestDraft draft) {
    HandshakeOracle oracle = new HandshakeOracle(draft);
    oracle.readLines();
    int bytes = draft.body.length() + draft.behind.length;
    boolean isShort =
        oracle.values("content-length").stream()
            .anyMatch(length -> !length.matches("[0-9]{1,5}") || Integer.parseInt(length) > bytes);
    int codings = oracle.values("transfer-encoding").size();
    return draft.isUnfinished()
        || isShort
        || codings > 1
        || (codings == 1 && oracle.headers.containsKey("content-length"));
  }

  /** A request for a WebSocket has no body; the standards do not say that it must not. */
  private void checkBody() {
    List<String> lengths = values("content-length");
    broken |= !lengths.stream().allMatch(length -> length.matches("[0-9]{1,9}"));
    broken |= lengths.stream().distinct().count() > 1;
    open |= lengths.size() > 1 || !draft.body.isEmpty();
    open |= headers.containsKey("transfer-encoding") || headers.containsKey("expect");
  }

  private List<String> values(String name) {
    return headers.getOrDefault(name, List.of());
  }
}
