package dev.fanbench.transport;

import io.netty.resolver.AddressResolver;
import io.netty.resolver.AddressResolverGroup;
import io.netty.resolver.InetNameResolver;
import io.netty.util.concurrent.EventExecutor;
import io.netty.util.concurrent.Promise;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/**
 * Looks names up with the JDK, on a thread of its own: a slow name server must not stop the
 * connections that are open. The thread ends when it is idle. The JDK keeps names for 30 s.
 */
final class BackgroundResolver extends AddressResolverGroup<InetSocketAddress> {
  private static final long IDLE_SECONDS = 10;

  private final ExecutorService thread;

  BackgroundResolver() {
    ThreadPoolExecutor pool =
        new ThreadPoolExecutor(
            1,
            1,
            IDLE_SECONDS,
            TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(),
            task -> {
              Thread started = new Thread(task, "lean-http-names");
              started.setDaemon(true);
              return started;
            });
    pool.allowCoreThreadTimeOut(true);
    thread = pool;
  }

  @Override
  protected AddressResolver<InetSocketAddress> newResolver(EventExecutor executor) {
    return new Names(executor).asAddressResolver();
  }

  @Override
  public void close() {
    thread.shutdownNow();
    super.close();
  }

  private final class Names extends InetNameResolver {
    Names(EventExecutor executor) {
      super(executor);
    }

    @Override
    protected void doResolve(String host, Promise<InetAddress> promise) {
      submit(host, promise, BackgroundResolver::any);
    }

    @Override
    protected void doResolveAll(String host, Promise<List<InetAddress>> promise) {
      submit(host, promise, addresses -> addresses);
    }

    private <T> void submit(
        String host, Promise<T> promise, Function<List<InetAddress>, T> selection) {
      try {
        thread.execute(() -> resolve(host, promise, selection));
      } catch (RejectedExecutionException closed) {
        promise.tryFailure(new UnknownHostException(host));
      }
    }

    private <T> void resolve(
        String host, Promise<T> promise, Function<List<InetAddress>, T> selection) {
      try {
        promise.trySuccess(selection.apply(List.of(InetAddress.getAllByName(host))));
      } catch (UnknownHostException | RuntimeException unknown) {
        promise.tryFailure(unknown);
      }
    }
  }

  /**
   * A load balancer has several addresses, and connections spread over them. All are of the kind
   * that the JDK prefers, as the other may lead nowhere.
   */
  private static InetAddress any(List<InetAddress> addresses) {
    Class<?> preferred = addresses.get(0).getClass();
    List<InetAddress> same =
        addresses.stream().filter(each -> each.getClass() == preferred).toList();
    return same.get(ThreadLocalRandom.current().nextInt(same.size()));
  }
}
