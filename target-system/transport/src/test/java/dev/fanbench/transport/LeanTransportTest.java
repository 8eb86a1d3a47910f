package dev.fanbench.transport;

import software.amazon.awssdk.http.async.SdkAsyncHttpClient;
import software.amazon.awssdk.utils.AttributeMap;

/** The contract with the client of this module. */
class LeanTransportTest extends TransportContract {
  @Override
  SdkAsyncHttpClient open(int connections, AttributeMap defaults) {
    return LeanHttpClient.builder().maxConnections(connections).buildWithDefaults(defaults);
  }
}
