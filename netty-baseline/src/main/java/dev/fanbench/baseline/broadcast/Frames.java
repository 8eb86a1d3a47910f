package dev.fanbench.baseline.broadcast;

import io.netty.buffer.ByteBuf;

/**
 * One publication as it goes out.
 *
 * @param plain for everybody
 * @param deflated for members who agreed to that, and shorter; null where nobody is known to have
 *     agreed, or where deflating gained nothing
 */
record Frames(ByteBuf plain, ByteBuf deflated) {

  /** The frame that a member gets; its reference stays here. */
  ByteBuf of(Subscriber subscriber) {
    return subscriber.deflates() ? shortest() : plain;
  }

  /** What a member gets who agreed to deflated frames. */
  ByteBuf shortest() {
    return isDeflated() ? deflated : plain;
  }

  /** The same bytes with references of their own, for another event loop. */
  Frames copy() {
    return new Frames(plain.copy(), isDeflated() ? deflated.copy() : null);
  }

  Frames retain() {
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
