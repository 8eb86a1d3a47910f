package dev.fanbench.baseline.broadcast;

import io.netty.channel.ChannelOption;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.ServerChannel;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollChannelOption;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.channel.uring.IoUring;
import io.netty.channel.uring.IoUringChannelOption;
import io.netty.channel.uring.IoUringIoHandler;
import io.netty.channel.uring.IoUringIoHandlerConfig;
import io.netty.channel.uring.IoUringServerSocketChannel;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** The kernel interfaces, best first, by their names on the command line. */
public enum ServerTransport {
  /** Linux on x86-64. */
  EPOLL(EpollServerSocketChannel.class) {
    @Override
    public boolean isAvailable() {
      return Epoll.isAvailable();
    }

    @Override
    IoHandlerFactory handlers() {
      return EpollIoHandler.newFactory();
    }

    @Override
    public Optional<ChannelOption<Long>> unsentBytes() {
      return Optional.of(EpollChannelOption.TCP_NOTSENT_LOWAT);
    }
  },
  /** Linux on x86-64, from kernel 5.9, where the system lets processes have it; not the default. */
  IO_URING(IoUringServerSocketChannel.class) {
    @Override
    public boolean isAvailable() {
      return IoUring.isAvailable();
    }

    @Override
    IoHandlerFactory handlers() {
      return IoUringIoHandler.newFactory(
          new IoUringIoHandlerConfig().setRingSize(RING_ENTRIES).setCqSize(RING_COMPLETIONS));
    }

    @Override
    public Optional<ChannelOption<Long>> unsentBytes() {
      return Optional.of(IoUringChannelOption.TCP_NOTSENT_LOWAT);
    }
  },
  /** The JDK's own selectors, anywhere. */
  NIO(NioServerSocketChannel.class) {
    @Override
    public boolean isAvailable() {
      return true;
    }

    @Override
    IoHandlerFactory handlers() {
      return NioIoHandler.newFactory();
    }
  };

  /** The name of {@link #best}. */
  public static final String AUTO = "auto";

  /** A room of 1,000 is written in one turn; a ring of 128, the library's own, is full by then. */
  private static final int RING_ENTRIES = 4_096;

  private static final int RING_COMPLETIONS = 16_384;

  private final Class<? extends ServerChannel> serverChannel;

  ServerTransport(Class<? extends ServerChannel> serverChannel) {
    this.serverChannel = serverChannel;
  }

  /** The first that is available here. */
  public static ServerTransport best() {
    return Arrays.stream(values()).filter(ServerTransport::isAvailable).findFirst().orElseThrow();
  }

  /**
   * Reads a name, or {@link #AUTO}.
   *
   * @throws IllegalArgumentException saying what is allowed here
   */
  public static ServerTransport named(String name) {
    if (name.equals(AUTO)) {
      return best();
    }
    return Arrays.stream(values())
        .filter(transport -> transport.toString().equals(name))
        .filter(ServerTransport::isAvailable)
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "transport is %s; available here: %s".formatted(name, available())));
  }

  private static String available() {
    List<String> names =
        Arrays.stream(values())
            .filter(ServerTransport::isAvailable)
            .map(ServerTransport::toString)
            .toList();
    return String.join(", ", Stream.concat(Stream.of(AUTO), names.stream()).toList());
  }

  /** Whether this system has it. */
  public abstract boolean isAvailable();

  abstract IoHandlerFactory handlers();

  /** The option that bounds what the kernel has not sent yet; empty where there is none. */
  public Optional<ChannelOption<Long>> unsentBytes() {
    return Optional.empty();
  }

  /** The listening channel that fits. */
  Class<? extends ServerChannel> serverChannel() {
    return serverChannel;
  }

  /** The name on the command line, for example {@code io_uring}. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
