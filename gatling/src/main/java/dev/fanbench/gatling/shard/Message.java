package dev.fanbench.gatling.shard;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;

/** A message between a shard and the meeting place, in one line. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "say")
@JsonSubTypes({
  @JsonSubTypes.Type(value = Message.Hello.class, name = "hello"),
  @JsonSubTypes.Type(value = Message.Welcome.class, name = "welcome"),
  @JsonSubTypes.Type(value = Message.Refused.class, name = "refused"),
  @JsonSubTypes.Type(value = Message.Ping.class, name = "ping"),
  @JsonSubTypes.Type(value = Message.Pong.class, name = "pong"),
  @JsonSubTypes.Type(value = Message.Alive.class, name = "alive"),
  @JsonSubTypes.Type(value = Message.Here.class, name = "here"),
  @JsonSubTypes.Type(value = Message.Go.class, name = "go"),
  @JsonSubTypes.Type(value = Message.End.class, name = "end"),
  @JsonSubTypes.Type(value = Message.Part.class, name = "part"),
  @JsonSubTypes.Type(value = Message.Sent.class, name = "sent"),
  @JsonSubTypes.Type(value = Message.Done.class, name = "done")
})
sealed interface Message {

  /**
   * A shard comes.
   *
   * @param token the run's secret; may be empty on loopback
   * @param offer describes all that must be the same in all shards
   */
  record Hello(String token, int index, int count, String offer) implements Message {}

  /**
   * All shards have come.
   *
   * @param tag that makes their rooms new to the target
   */
  record Welcome(String tag) implements Message {}

  /** A shard may not take part. */
  record Refused(String reason) implements Message {}

  /** A shard asks for the time at shard 0. */
  record Ping(int n) implements Message {}

  /** The time at shard 0. */
  record Pong(int n, long nanos) implements Message {}

  /**
   * A sign of life, each second from both sides.
   *
   * @param progress grows while a shard prepares
   */
  record Alive(long progress) implements Message {}

  /**
   * A shard is at a barrier.
   *
   * @param barrier its name
   * @param value that the shard adds to the sum
   */
  record Here(String barrier, long value) implements Message {}

  /**
   * All shards are at a barrier.
   *
   * @param barrier its name
   * @param atNanos when to go on, in the clock of shard 0
   * @param sum of the values of all shards
   */
  record Go(String barrier, long atNanos, long sum) implements Message {}

  /** The run of all is over before its time. */
  record End(String reason) implements Message {}

  /** A part of a shard's runs, zipped, in base64. */
  record Part(String bytes) implements Message {}

  /** All parts are sent. */
  record Sent() implements Message {}

  /** The run of all is written and judged. */
  record Done(int exitCode, String sentence) implements Message {}
}
