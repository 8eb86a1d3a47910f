/**
 * The one rule for exceptions: in the handling of a request or a frame none is lost, each is
 * written to standard error once, and the request is answered.
 *
 * <p>{@link dev.fanbench.emulator.failure.RequestGuard} applies it to every step of a request,
 * those in timers and in callbacks of futures included.
 */
package dev.fanbench.emulator.failure;
