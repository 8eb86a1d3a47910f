package dev.fanbench.emulator;

/** What an emulator of API Gateway and Lambda has to do, item by item; {@link Shows} says where. */
public enum AwsChecklist {
  UPGRADE_WAITS_FOR_CONNECT("1 upgrade waits for $connect; POST meanwhile is 410"),
  CONNECT_DECIDES("2 $connect 400 is 400, throw is 502, none is 101"),
  AUTHORIZER_DECIDES("3 identity missing is 401 uncalled, Deny is 403, Unauthorized is 401"),
  SUBPROTOCOL("4 subprotocol only if returned"),
  EVENT_SHAPES("5 event shapes"),
  ERROR_FRAMES("6 Forbidden and Internal server error frames, socket stays"),
  ROUTE_RESPONSES("7 one-way drops body, two-way returns it"),
  FRAME_SIZES("8 1003; 32 KB + 1 frame 1009; 128 KB in four frames ok; 128 KB + 1 is 1009"),
  LIFETIMES("9 idle and 2 h on an injected clock"),
  DELETE("10 DELETE 204, client 1000, $disconnect reason"),
  REFUSALS("11 410/400/413/429"),
  GET("12 GET ISO, lastActiveAt moves"),
  RATES("13 shared 10k/5k bucket, 500 conn/s"),
  ENVIRONMENTS("14 one request per environment, cap, burst rate, cold start, 29 s"),
  REAL_SDK("15 items 10-12 by the real AWS SDK client");

  private final String item;

  AwsChecklist(String item) {
    this.item = item;
  }

  /** Number and words. */
  @Override
  public String toString() {
    return item;
  }
}
