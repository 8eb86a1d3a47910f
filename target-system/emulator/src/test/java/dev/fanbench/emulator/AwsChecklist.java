package dev.fanbench.emulator;

/**
 * One rule that an emulator of API Gateway and Lambda has to keep; {@link Shows} names its tests.
 */
public enum AwsChecklist {
  UPGRADE_WAITS_FOR_CONNECT(
      Basis.DOCUMENTED, "The upgrade waits for `$connect`; a POST meanwhile is 410"),
  CONNECT_DECIDES(
      Basis.DOCUMENTED, "`$connect` with 400 is 400, a throw is 502, no integration is 101"),
  AUTHORIZER_DECIDES(
      Basis.DOCUMENTED, "A missing identity is 401 uncalled, Deny is 403, Unauthorized is 401"),
  SUBPROTOCOL(
      Basis.DOCUMENTED, "The subprotocol is echoed only if the `$connect` function returns it"),
  EVENT_SHAPES(Basis.DOCUMENTED, "Events have the fields of AWS"),
  ERROR_FRAMES(
      Basis.DOCUMENTED, "Forbidden and Internal server error are frames, and the socket stays"),
  ROUTE_RESPONSES(
      Basis.DOCUMENTED, "A one-way route drops the answer's body, a two-way route sends it"),
  FRAME_SIZES(
      Basis.DOCUMENTED,
      "Binary is 1003; a frame of 32 KB + 1 is 1009; 128 KB in four frames pass; 128 KB + 1 is 1009"),
  LIFETIMES(Basis.DOCUMENTED, "Connections end after 10 min of silence and at the age of 2 h"),
  DELETE(Basis.DOCUMENTED, "DELETE is 204, the client sees 1000, `$disconnect` has the reason"),
  REFUSALS(Basis.DOCUMENTED, "`@connections` refuses with 410, 400, 413 and 429"),
  GET(Basis.DOCUMENTED, "GET has times in ISO 8601, and `lastActiveAt` moves"),
  RATES(
      Basis.DOCUMENTED,
      "Messages and calls share 10,000 a second with a burst of 5,000; 500 connects a second"),
  ENVIRONMENTS(
      Basis.DOCUMENTED,
      "One request for each environment; account and function caps, burst rate, cold start, 29 s"),
  REAL_SDK(Basis.DOCUMENTED, "DELETE, refusals and GET by the real AWS SDK client"),

  CONNECT_HEADERS(
      Basis.OBSERVED,
      "`$connect` has `X-Forwarded-*`, a trace id and `Host` without its port; a client's own are"
          + " appended to"),
  DISCONNECT_HEADERS(
      Basis.OBSERVED,
      "`$disconnect` has `Host`, and empty `x-api-key`, `X-Forwarded-For` and `x-restapi`"),
  AUTHORIZER_HEADERS(Basis.OBSERVED, "An authorizer's event also has `Connection` and `Upgrade`"),
  HEADER_SPELLINGS(Basis.OBSERVED, "Two spellings of a header are one name"),
  PROXIED_HANDSHAKE(
      Basis.OBSERVED, "`HTTP_PROXY` on `$connect` forwards the client's headers and query"),
  MAPPED_HEADERS(Basis.OBSERVED, "`route.request.header.X` is found in any case"),
  ABSENT_FIELDS(
      Basis.OBSERVED,
      "Empty query maps are absent; `$connect` has no body, and messages have no headers"),
  REQUEST_CONTEXT(Basis.OBSERVED, "`requestContext` has the fields, names and time formats of AWS"),
  DISCONNECT_CODES(
      Basis.OBSERVED,
      "A close without a code is 1005 with AWS's sentence; a closed tab is 1001 with an empty reason"),
  DISCONNECT_AFTER_DELETE(
      Basis.OBSERVED, "`$disconnect` also runs after DELETE: 1000 `Connection Closed Normally`"),
  CONNECTION_IDS(
      Basis.OBSERVED,
      "Connection ids are 11 random bytes in base 64: 16 characters that end in `=`"),
  COMPRESSION(Basis.OBSERVED, "permessage-deflate is agreed to with `server_max_window_bits=12`"),
  ANSWER_FIELDS(
      Basis.OBSERVED,
      "A proxy's answer with an unknown field or a body that is no text is malformed"),
  RESPONSE_BYTES(Basis.OBSERVED, "A route response has at most 128 KB"),
  FULL_BUFFER(Basis.OBSERVED, "A POST to a client whose buffer is full is 429"),
  PATHS(
      Basis.OBSERVED,
      "The stage twice is 404, no stage is 403, a double slash works, and `%zz` is 400"),
  HTTP_ORDER(
      Basis.OBSERVED,
      "Pipelined requests are answered in order; `Connection: close` and HTTP/1.0 end the"
          + " connection"),
  HEAD_BYTES(Basis.OBSERVED, "Request line and headers have at most 10,240 bytes"),
  CONNECT_RACE(
      Basis.OBSERVED,
      "A POST between the end of `$connect` and the 101 is 410, and the client lives"),

  PING(Basis.UNCONFIRMED, "A ping does not reset the idle timer (`pingIsActivity`)"),
  EXPIRED_REASON(
      Basis.UNCONFIRMED, "Idle and old connections end with `Going away` (`expiredReason`)"),
  LOST_CODE(Basis.UNCONFIRMED, "A lost client is 1006 in `$disconnect` (`lostCode`)"),
  POST_IN_UTF8(Basis.UNCONFIRMED, "A POST that is not UTF-8 is 400 (`postMustBeUtf8`)");

  private final Basis basis;
  private final String rule;

  AwsChecklist(Basis basis, String rule) {
    this.basis = basis;
    this.rule = rule;
  }

  /** The source of the rule. */
  public Basis basis() {
    return basis;
  }

  /** The rule in words. */
  @Override
  public String toString() {
    return rule;
  }

  /** The source of a rule. */
  public enum Basis {
    DOCUMENTED("AWS documents it"),
    OBSERVED("Users saw it on AWS"),
    UNCONFIRMED("Unconfirmed, and a key of `--assume`");

    private final String words;

    Basis(String words) {
      this.words = words;
    }

    /** The heading of its rules. */
    @Override
    public String toString() {
      return words;
    }
  }
}
