package dev.fanbench.transport;

import software.amazon.awssdk.http.async.SdkAsyncHttpClient;
import software.amazon.awssdk.http.crt.AwsCrtAsyncHttpClient;
import software.amazon.awssdk.utils.AttributeMap;

/** The contract with AWS's native client, which functions may use too. */
class CrtTransportTest extends TransportContract {
  @Override
  SdkAsyncHttpClient open(int connections, AttributeMap defaults) {
    return AwsCrtAsyncHttpClient.builder().maxConcurrency(connections).buildWithDefaults(defaults);
  }

  /** A request that comes before the last connection is back in its pool opens another one. */
  @Override
  int connectionsInARow() {
    return 3;
  }
}
