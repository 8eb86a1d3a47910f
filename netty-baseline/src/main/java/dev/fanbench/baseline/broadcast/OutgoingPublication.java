package dev.fanbench.baseline.broadcast;

import io.netty.buffer.ByteBuf;

/**
 * One publication as it goes out.
 *
 * @param plain the frame for every member
 * @param deflated the shorter frame for members that agreed to it; null without such members, or if
 *     deflating gained nothing
 */
record OutgoingPublication(ByteBuf plain, ByteBuf deflated) {

  /** The frame that a member gets; its reference stays here. */
  ByteBuf of(Subscriber subscriber) {
    return subscriber.deflates() ? shortest() : plain;
  }

  /** The frame for a member that agreed to deflated frames. */
  ByteBuf shortest() {
    return isDeflated() ? deflated : plain;
  }

  /** The same bytes with references of their own, for another event loop. */
  OutgoingPublication copy() {
    return new OutgoingPublication(plain.copy(), isDeflated() ? deflated.copy() : null);
  }

  OutgoingPublication retain() {
    plain.retain();
    if (isDeflated()) {
      deflated.retain();
    }
    return this;
  }

  void release() {
    plain.release();
    if (isDeflated()) {
      deflated.release();
    }
  }

  boolean isDeflated() {
    return deflated != null;
  }
}
