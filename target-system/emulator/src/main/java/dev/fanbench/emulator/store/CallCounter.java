package dev.fanbench.emulator.store;

import dev.fanbench.emulator.latency.Latency;
import dev.fanbench.emulator.store.PartitionThrottle.Capacity;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.atomic.DoubleAdder;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.DoubleConsumer;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/**
 * Counts requests by the operation in their header. Refuses a request if one of its partitions has
 * no capacity left. Passes the others on, meters the capacity that they consume and adds the time
 * of the latency model.
 */
final class CallCounter extends Handler.Wrapper {
  private static final Set<String> READS =
      Set.of("GetItem", "BatchGetItem", "Query", "Scan", "TransactGetItems");
  private static final Set<String> WRITES =
      Set.of("PutItem", "UpdateItem", "DeleteItem", "BatchWriteItem", "TransactWriteItems");

  private final Map<String, LongAdder> byOperation = new ConcurrentHashMap<>();
  private final DoubleAdder readUnits = new DoubleAdder();
  private final DoubleAdder writeUnits = new DoubleAdder();

  private final PartitionThrottle partitions;
  private final Latency latency;
  private final ScheduledExecutorService timer;

  /**
   * @param partitions where calls draw their capacity
   * @param timer where answers wait that came sooner than the model lets them
   */
  CallCounter(
      Handler next, PartitionThrottle partitions, Latency latency, ScheduledExecutorService timer) {
    super(next);
    this.partitions = partitions;
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
    boolean writes = WRITES.contains(operation);
    if (!writes && !READS.contains(operation)) {
      return super.handle(request, response, callback);
    }
    // Waits for the body, on the thread that the database would make wait otherwise.
    ByteBuffer body = Content.Source.asByteBuffer(request);
    Capacity capacity =
        partitions.of(StandardCharsets.UTF_8.decode(body.slice()).toString(), writes);
    if (!capacity.isLeft()) {
      ThrottledAnswer.answer(response, callback);
      return true;
    }
    DoubleAdder sum = writes ? writeUnits : readUnits;
    DoubleConsumer consumed =
        units -> {
          sum.add(units);
          capacity.take(units);
        };
    return super.handle(
        MeteredCall.request(request, body),
        new DelayedResponse(
            request,
            MeteredCall.response(request, response, consumed, partitions::refused),
            latency,
            timer),
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
