package dev.fanbench.emulator.store;

import java.util.Map;

/** Plain requests of DynamoDB's API, made without an SDK. Stateless. */
public final class DynamoDbRequest {
  /** DynamoDB Local reads the key and the region of a signature, and never checks it. */
  private static final String UNCHECKED_SIGNATURE =
      "AWS4-HMAC-SHA256 Credential=fanbench/20260101/us-east-1/dynamodb/aws4_request,"
          + " SignedHeaders=host, Signature=0";

  private DynamoDbRequest() {}

  /**
   * The headers of a request.
   *
   * @param action such as {@code PutItem}
   */
  public static Map<String, String> headers(String action) {
    return Map.of(
        "Content-Type",
        "application/x-amz-json-1.0",
        "X-Amz-Target",
        "DynamoDB_20120810." + action,
        "Authorization",
        UNCHECKED_SIGNATURE);
  }
}
