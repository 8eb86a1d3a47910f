package dev.fanbench.gatling.fleet;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** Waits for what a connect listener hears. */
final class Connecting implements ConnectListener {
  private final CompletableFuture<Object> outcome = new CompletableFuture<>();
  private final List<Long> times = new ArrayList<>();
  private boolean secured;

  static Connecting to(Fleet fleet, StampMeaning role) {
    Connecting connecting = new Connecting();
    fleet.connect(0, new ClientSlot(role, "r"), connecting);
    return connecting;
  }

  static Client client(Fleet fleet, StampMeaning role) throws Exception {
    return (Client) to(fleet, role).outcome();
  }

  /** A {@link Client} or a {@link ConnectFailure}. */
  Object outcome() throws Exception {
    return outcome.get(10, TimeUnit.SECONDS);
  }

  /** When the attempt began, when TLS began and was there if it was, and when it ended. */
  List<Long> times() {
    return times;
  }

  boolean sawTls() {
    return secured;
  }

  @Override
  public void connecting(long nowNanos) {
    times.add(nowNanos);
  }

  @Override
  public void secured(long openedAtNanos, long nowNanos) {
    secured = true;
    times.add(openedAtNanos);
    times.add(nowNanos);
  }

  @Override
  public void connected(Client client, long nowNanos) {
    times.add(nowNanos);
    outcome.complete(client);
  }

  @Override
  public void failed(ConnectFailure failure, long nowNanos) {
    times.add(nowNanos);
    outcome.complete(failure);
  }
}
