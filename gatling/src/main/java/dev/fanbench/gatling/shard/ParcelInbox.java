package dev.fanbench.gatling.shard;

import java.io.BufferedOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;

/** Takes the parts of one shard's parcel into a file. */
final class ParcelInbox implements Closeable {
  private final Path file;
  private final OutputStream out;
  private final long mostBytes;
  private long bytes;
  private boolean handedOver;

  ParcelInbox(long mostBytes) throws IOException {
    this.mostBytes = mostBytes;
    file = Files.createTempFile("fanbench-shard-", ".zip");
    out = new BufferedOutputStream(Files.newOutputStream(file));
  }

  void take(Message.Part part) throws IOException {
    byte[] decoded;
    try {
      decoded = Base64.getDecoder().decode(part.bytes());
    } catch (IllegalArgumentException e) {
      throw new IOException("a part that is not base64", e);
    }
    bytes += decoded.length;
    if (bytes > mostBytes) {
      throw new IOException("a parcel of over " + mostBytes + " bytes");
    }
    out.write(decoded);
  }

  /** The whole parcel, which is the caller's to delete; nothing more is taken. */
  Path whole() throws IOException {
    out.close();
    handedOver = true;
    return file;
  }

  /** Deletes what was taken, unless it is whole. */
  @Override
  public void close() throws IOException {
    out.close();
    if (!handedOver) {
      Files.deleteIfExists(file);
    }
  }
}
