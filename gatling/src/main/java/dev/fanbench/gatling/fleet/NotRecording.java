package dev.fanbench.gatling.fleet;

import dev.fanbench.measurement.record.DeliveryRecorder;

/** Records nothing; a loop's recorder before its first phase. */
enum NotRecording implements DeliveryRecorder {
  INSTANCE;

  @Override
  public void delivered(
      int subscriber,
      int publisher,
      int sequence,
      long intendedAtNanos,
      long nowNanos,
      long readLagNanos) {}

  @Override
  public void otherCopy() {}

  @Override
  public void other() {}

  @Override
  public void cut() {}

  @Override
  public void refused(long atNanos) {}
}
