package dev.fanbench.emulator.store;

import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/** Counts requests by the operation that their header names, and passes them on. */
final class CallCounter extends Handler.Wrapper {
  private final Map<String, LongAdder> byOperation = new ConcurrentHashMap<>();

  CallCounter(Handler next) {
    super(next);
  }

  @Override
  public boolean handle(Request request, Response response, Callback callback) throws Exception {
    String target = request.getHeaders().get("X-Amz-Target");
    if (target != null) {
      byOperation
          .computeIfAbsent(target.substring(target.indexOf('.') + 1), name -> new LongAdder())
          .increment();
    }
    return super.handle(request, response, callback);
  }

  void reset() {
    byOperation.clear();
  }

  Map<String, Long> byOperation() {
    Map<String, Long> sums = new TreeMap<>();
    byOperation.forEach((operation, calls) -> sums.put(operation, calls.sum()));
    return sums;
  }
}
