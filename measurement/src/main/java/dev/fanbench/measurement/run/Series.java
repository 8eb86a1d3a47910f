package dev.fanbench.measurement.run;

import dev.fanbench.measurement.workload.Phase;
import dev.fanbench.measurement.workload.PhaseKind;

/**
 * The quantity that a histogram of a phase holds, always in nanoseconds.
 *
 * <p>All kinds of phase have {@link #RESPONSE}, {@link #SERVICE} and {@link #SEND_DELAY}. Fan-out
 * phases have {@link #FIRST_DELIVERY}, {@link #LAST_DELIVERY} and {@link #SKEW} too. There {@code
 * RESPONSE} and {@code SERVICE} count deliveries, and the other four count publications. {@link
 * #TLS_HANDSHAKE} is a part of {@code SERVICE} in connect phases, where there is TLS. {@link
 * #RECONNECT} counts subscribers and is taken in phases with an outage. So do {@link
 * #SUBSCRIBER_P50} and {@link #SUBSCRIBER_P99}, in fan-outs to more than one. {@link #SAME_NODE}
 * and {@link #OTHER_NODE} split {@code RESPONSE} for targets with several nodes.
 */
public enum Series {
  /** Received minus intended: the headline. */
  RESPONSE("response"),
  /** Received minus sent. */
  SERVICE("service"),
  /** Sent minus intended: the load's own slip. */
  SEND_DELAY("sendDelay"),
  /** First delivery of a publication, from its intended time. */
  FIRST_DELIVERY("firstDelivery"),
  /** Last delivery of a publication, from its intended time: what the room feels. */
  LAST_DELIVERY("lastDelivery"),
  /** Last minus first delivery. */
  SKEW("skew"),
  /** From the TCP connection to the end of the TLS handshake; of {@code wss} targets only. */
  TLS_HANDSHAKE("tlsHandshake"),
  /** From the loss of a subscriber's connection until its room has confirmed it again. */
  RECONNECT("reconnect"),
  /**
   * Response time of deliveries whose publisher and member were connected to one node of several.
   */
  SAME_NODE("sameNode"),
  /** Response time of deliveries that went from one node to another. */
  OTHER_NODE("otherNode"),
  /** The median response time of each subscriber; a sample is a subscriber. */
  SUBSCRIBER_P50("subscriberP50"),
  /** The p99 of the response times of each subscriber; a sample is a subscriber. */
  SUBSCRIBER_P99("subscriberP99"),
  /** The longest that a delivery can have waited in the load before it was read. */
  READ_LAG("readLag"),
  /** Stalls of the load's event loops: how late a timer fired. */
  HICCUP("hiccup");

  private final String label;

  Series(String label) {
    this.label = label;
  }

  /** The name in tags, SLOs, JSON and tables. */
  public String label() {
    return label;
  }

  /** The tag of this series' intervals in {@code latency.hlog}. */
  public String tag(String phase) {
    return phase + '/' + label;
  }

  /** True when a sample is a delivery; otherwise it is a publication, a send or a tick. */
  public boolean countsDeliveries() {
    return switch (this) {
      case RESPONSE, SERVICE, READ_LAG, SAME_NODE, OTHER_NODE -> true;
      default -> false;
    };
  }

  /** True when this phase has this series. */
  public boolean takenIn(Phase phase) {
    return switch (this) {
      case RESPONSE, SERVICE, SEND_DELAY, READ_LAG, HICCUP -> true;
      case FIRST_DELIVERY, LAST_DELIVERY, SKEW, SAME_NODE, OTHER_NODE ->
          phase.kind() == PhaseKind.FANOUT;
      case TLS_HANDSHAKE -> phase.kind() == PhaseKind.CONNECT;
      case RECONNECT -> phase.outage().any();
      case SUBSCRIBER_P50, SUBSCRIBER_P99 ->
          phase.kind() == PhaseKind.FANOUT && phase.subscribers() > 1;
    };
  }

  /** The series of this label. */
  public static Series ofLabel(String label) {
    for (Series series : values()) {
      if (series.label.equals(label)) {
        return series;
      }
    }
    throw new IllegalArgumentException("no series is named " + label);
  }
}
