package dev.fanbench.baseline;

import io.netty.buffer.ByteBuf;

/**
 * Handles the whole messages of one connection, on its event loop. For a message that ends the
 * connection it throws the exception that the decoder would throw.
 */
interface Conversation {
  /** A text message in valid UTF-8; borrowed for the call. */
  void text(ByteBuf utf8);

  /** A binary message; borrowed for the call. */
  void binary(ByteBuf bytes);

  /** The client takes more again, after it did not. */
  void writable();

  /** A Close is on its way, in either direction: nothing more may be written. Called once. */
  void end(int code);
}
