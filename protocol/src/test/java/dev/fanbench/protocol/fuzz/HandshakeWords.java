package dev.fanbench.protocol.fuzz;

import java.util.List;
import java.util.Set;

/** Values of headers that requests are made from. */
final class HandshakeWords {
  /** Lists of extensions by the grammar of RFC 6455, section 9.1. */
  static final Set<String> GOOD_EXTENSIONS =
      Set.of(
          "permessage-deflate",
          "permessage-deflate; client_max_window_bits",
          "permessage-deflate;server_max_window_bits=12; client_max_window_bits=12",
          "permessage-deflate; server_max_window_bits=\"10\", permessage-deflate",
          "x-unknown; a; b=c, mux",
          "permessage-deflate; server_max_window_bits=99");

  /** Texts that are none. */
  static final Set<String> BAD_EXTENSIONS =
      Set.of(
          ";;;",
          ";",
          "=",
          "permessage-deflate;;",
          "permessage-deflate; =",
          "permessage-deflate; a=",
          "a b",
          "\"a\"",
          "a; b=\"c",
          "[]",
          ";a",
          "a=b");

  static final List<String> EXTENSIONS_OF_EITHER_KIND =
      List.of("", ",", ", ,permessage-deflate", "permessage-deflate; a=\"b c\"");

  static final List<String> UPGRADES =
      List.of(
          "WebSocket",
          "WEBSOCKET",
          "websocket ",
          "h2c, websocket",
          "websocket, h2c",
          "h2c",
          "",
          "websockets",
          "web socket",
          "websocket/13",
          "TLS/1.0");

  static final List<String> CONNECTIONS =
      List.of(
          "upgrade",
          "UPGRADE",
          "keep-alive, Upgrade",
          "Upgrade,keep-alive",
          "keep-alive",
          "close",
          "",
          "Upgrade close",
          "Upgraded",
          "close, upgrade",
          "Upgrade, HTTP2-Settings",
          ",,upgrade,,");

  static final List<String> VERSIONS_OF_WEBSOCKET =
      List.of("8", "7", "0", "14", "013", "13.0", "13, 8", "", "x", "+13", "-13", "99999999999");

  static final List<String> VERSIONS_OF_HTTP =
      List.of("HTTP/1.0", "HTTP/0.9", "HTTP/1.2", "HTTP/2.0", "http/1.1", "HTTP/1", "HTTP/9", "");

  static final List<String> METHODS =
      List.of("POST", "get", "HEAD", "OPTIONS", "CONNECT", "DELETE", "G", "PRI", "X-FOO", "@");

  static final List<String> KEYS =
      List.of(
          "dGhlIHNhbXBsZSBub25jZQ",
          "dGhlIHNhbXBsZSBub25jZ===",
          "dGhlIHNhbXBsZQ==",
          "dGhlIHNhbXBsZSBub25jZSBvZiBtYW55IGJ5dGVz",
          "",
          "====",
          "dGhlIHNhbXBsZSBub25jZQ= =",
          "dGhlIHNhbXBsZSBub25jZQ==, dGhlIHNhbXBsZSBub25jZQ==",
          "dGhlIHNhbXBs!SBub25jZQ==",
          "x3JJHMbDL1EzLkh9GBhXDw==",
          "AAAAAAAAAAAAAAAAAAAAAA==",
          "////////////////////+w==");

  static final List<String> HOSTS = List.of("", "a b", "a/b", "example.com", "127.0.0.1", "a,b");

  /** Added to the path. */
  static final List<String> TAILS =
      List.of(
          "/",
          "?",
          "?x=%zz",
          "?%",
          "?token=%zz&a",
          "?a=b&a=c&=d&&",
          "?x=%E2%82%AC",
          "%zz",
          "/%zz",
          "%",
          "//",
          "/..",
          "/@connections/%zz",
          "/@connections/",
          "x",
          "#a",
          "?x=#%",
          "?x=\u00e9");

  /** Sent instead of a line of the header. */
  static final List<String> LINES =
      List.of(
          "no colon at all",
          ": no name",
          "Bad Name: x",
          "Host : twice",
          " folded",
          "\tfolded: too",
          "X-Nul: a\u0000b",
          "X-Cr: a\rb",
          "X-High: \u00ff\u00fe",
          "X-\u00e9: x",
          "X-Empty:",
          "X-Tab:\ta\t",
          "Cookie: a=b; c=d",
          "Origin: null",
          "Expect: 100-continue",
          "Expect: x",
          "Sec-WebSocket-Protocol: chat, superchat",
          "Sec-WebSocket-Accept: x",
          "Authorization: Basic !!!",
          "X-Forwarded-For: 1.2.3.4, ,",
          "Content-Length: 0",
          "Content-Length: -1",
          "Content-Length: abc",
          "Content-Length: 99999999999999999999");

  private HandshakeWords() {}
}
