package dev.fanbench.emulator.gateway;

import io.netty.buffer.ByteBuf;
import io.netty.handler.codec.TooLongFrameException;
import io.netty.util.concurrent.FastThreadLocal;
import java.nio.ByteBuffer;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/**
 * Inflates the messages of one client (RFC 7692, section 7.2.2), which may refer to its earlier
 * ones. Only the end of those is kept, as bytes that grow with what the client has sent: an
 * inflater of its own would be 40 KB from the first message on. One inflater serves an event loop.
 * For the client's event loop only.
 */
final class MessageInflater {
  /** The end of the sender's flush, which its frame leaves out. */
  private static final byte[] TAIL = {0, 0, (byte) 0xff, (byte) 0xff};

  private static final byte[] NONE = {};

  private static final FastThreadLocal<Inflater> INFLATER =
      new FastThreadLocal<>() {
        @Override
        protected Inflater initialValue() {
          return new Inflater(true);
        }

        @Override
        protected void onRemoval(Inflater inflater) {
          inflater.end();
        }
      };

  private final int mostBytes;
  private final int mostContextBytes;
  private byte[] context = NONE;
  private int contextBytes;

  /**
   * The inflater of a client.
   *
   * @param mostBytes the longest message that is taken, inflated
   * @param mostContextBytes how much of its earlier messages the client may refer to
   */
  MessageInflater(int mostBytes, int mostContextBytes) {
    this.mostBytes = mostBytes;
    this.mostContextBytes = mostContextBytes;
  }

  /** Bytes of memory that are kept of earlier messages. */
  int keptBytes() {
    return context.length;
  }

  /**
   * Inflates a message. Nothing of it is known to later ones if it fails.
   *
   * @param into an empty buffer; never gets more than one byte over the longest message
   * @throws DataFormatException if it is no deflated data
   * @throws TooLongFrameException as soon as it is too long, inflated
   */
  void inflate(ByteBuffer deflated, ByteBuf into) throws DataFormatException {
    Inflater inflater = INFLATER.get();
    inflater.reset();
    if (contextBytes > 0) {
      inflater.setDictionary(context, 0, contextBytes);
    }
    inflater.setInput(deflated);
    drain(inflater, into);
    if (!inflater.finished()) {
      inflater.setInput(TAIL);
      drain(inflater, into);
    } else if (inflater.getRemaining() > 1) {
      // A sender may end the stream; what follows is the one byte of an empty block.
      throw new DataFormatException("bytes behind the end of the stream");
    }
    remember(into);
  }

  private void drain(Inflater inflater, ByteBuf into) throws DataFormatException {
    while (!inflater.finished()) {
      into.ensureWritable(1);
      int room = Math.min(into.writableBytes(), mostBytes + 1 - into.readableBytes());
      int more = inflater.inflate(into.nioBuffer(into.writerIndex(), room));
      into.writerIndex(into.writerIndex() + more);
      if (into.readableBytes() > mostBytes) {
        throw new TooLongFrameException("a message of over %d bytes".formatted(mostBytes));
      }
      if (more < room) {
        return;
      }
    }
  }

  /** Keeps the end of all messages so far. */
  private void remember(ByteBuf message) {
    int added = Math.min(message.readableBytes(), mostContextBytes);
    int kept = Math.min(contextBytes, mostContextBytes - added);
    if (kept + added > context.length) {
      // Twice as much each time: few copies, and little for a client that says little.
      int length = Math.min(mostContextBytes, Math.max(kept + added, 2 * context.length));
      byte[] larger = new byte[length];
      System.arraycopy(context, contextBytes - kept, larger, 0, kept);
      context = larger;
    } else if (kept < contextBytes) {
      System.arraycopy(context, contextBytes - kept, context, 0, kept);
    }
    message.getBytes(message.writerIndex() - added, context, kept, added);
    contextBytes = kept + added;
  }
}
