package dev.fanbench.gatling.fleet;

import dev.fanbench.measurement.record.DeliveryRecorder;

/** What a loop records before its first phase: nothing. */
enum NotRecording implements DeliveryRecorder {
  INSTANCE;

  @Override
  public void delivered(
      int subscriber, int publisher, int sequence, long intendedAtNanos, long nowNanos) {}

  @Override
  public void otherCopy() {}

  @Override
  public void other() {}
}
