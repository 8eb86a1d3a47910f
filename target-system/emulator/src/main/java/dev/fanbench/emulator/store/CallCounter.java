package dev.fanbench.emulator.store;

import dev.fanbench.emulator.latency.Latency;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.atomic.DoubleAdder;
import java.util.concurrent.atomic.LongAdder;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/**
 * Counts requests by the operation that their header names, meters the capacity they consume, lets
 * them take the time of the latency model, and passes them on.
 */
final class CallCounter extends Handler.Wrapper {
  private static final Set<String> READS =
      Set.of("GetItem", "BatchGetItem", "Query", "Scan", "TransactGetItems");
  private static final Set<String> WRITES =
      Set.of("PutItem", "UpdateItem", "DeleteItem", "BatchWriteItem", "TransactWriteItems");

  private final Map<String, LongAdder> byOperation = new ConcurrentHashMap<>();
  private final DoubleAdder readUnits = new DoubleAdder();
  private final DoubleAdder writeUnits = new DoubleAdder();

  private final Latency latency;
  private final ScheduledExecutorService timer;

  /**
   * @param timer where answers wait that came sooner than the model lets them
   */
  CallCounter(Handler next, Latency latency, ScheduledExecutorService timer) {
    super(next);
    this.latency = latency;
    this.timer = timer;
  }

  @Override
  public boolean handle(Request request, Response response, Callback callback) throws Exception {
    String target = request.getHeaders().get("X-Amz-Target");
    if (target == null) {
      return super.handle(request, response, callback);
    }
    String operation = target.substring(target.indexOf('.') + 1);
    byOperation.computeIfAbsent(operation, name -> new LongAdder()).increment();
    DoubleAdder units =
        READS.contains(operation) ? readUnits : WRITES.contains(operation) ? writeUnits : null;
    return units == null
        ? super.handle(request, response, callback)
        : super.handle(
            Metered.request(request),
            new DelayedResponse(
                request, Metered.response(request, response, units::add), latency, timer),
            callback);
  }

  void reset() {
    byOperation.clear();
    readUnits.reset();
    writeUnits.reset();
  }

  Map<String, Long> counters() {
    Map<String, Long> counters = new TreeMap<>();
    byOperation.forEach((operation, calls) -> counters.put("dynamodb." + operation, calls.sum()));
    counters.put("aws.rru", Math.round(readUnits.sum()));
    counters.put("aws.wru", Math.round(writeUnits.sum()));
    return counters;
  }
}
