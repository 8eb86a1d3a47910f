package dev.fanbench.emulator.store;

import dev.fanbench.emulator.latency.Latency;
import dev.fanbench.emulator.quota.QuotaCheck;
import dev.fanbench.emulator.template.TableDefinition;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import software.amazon.dynamodb.services.local.server.LocalDynamoDBRequestHandler;
import software.amazon.dynamodb.services.local.server.LocalDynamoDBServerHandler;

/**
 * An in-memory DynamoDB of this process, over HTTP.
 *
 * <pre>{@code
 * try (LocalDynamoDb store = LocalDynamoDb.start(template.tables(), latency, quotas)) {
 *   System.setProperty("aws.endpointUrlDynamoDb", store.endpoint().toString());
 * }
 * }</pre>
 */
public final class LocalDynamoDb implements LocalStore {
  /** Acceptor, selector and one thread for each request at a time; its database has one thread. */
  private static final int MAX_THREADS = 24;

  /** SQLite tells each opened database at INFO; held here because loggers are weakly referenced. */
  private static final Logger SQLITE = Logger.getLogger("com.almworks.sqlite4java");

  /**
   * Jetty sizes the gaps between fields by this. Without it Jetty starts JMX to ask the JVM, which
   * takes 50 ms of CPU.
   */
  private static final String REFERENCES_PER_CACHE_LINE =
      "org.eclipse.jetty.util.referencesPerCacheLine";

  private final Server server;
  private final ServerConnector connector;
  private final LocalDynamoDBServerHandler database;
  private final CallCounter calls;
  private final ScheduledExecutorService timer;

  private LocalDynamoDb(PartitionThrottle partitions, Latency latency) {
    timer =
        Executors.newSingleThreadScheduledExecutor(
            task -> {
              Thread thread = new Thread(task, "store-timer");
              thread.setDaemon(true);
              return thread;
            });
    QueuedThreadPool threads = new QueuedThreadPool(MAX_THREADS, 4);
    threads.setName("store");
    threads.setDaemon(true);
    server = new Server(threads);
    HttpConfiguration http = new HttpConfiguration();
    http.setSendServerVersion(false);
    connector = new ServerConnector(server, 1, 1, new HttpConnectionFactory(http));
    connector.setHost("127.0.0.1");
    connector.setPort(0);
    server.addConnector(connector);
    // Shared: one database whatever region and access key a client signs for.
    database =
        new LocalDynamoDBServerHandler(
            new LocalDynamoDBRequestHandler(0, true, null, true, false), null);
    calls = new CallCounter(database, partitions, latency, timer);
    server.setHandler(calls);
  }

  /**
   * Starts a database with these tables.
   *
   * @param latency how long its calls take at least
   * @param quotas of its partitions
   * @throws StoreException if it does not start, or refuses a table
   */
  public static LocalDynamoDb start(
      List<TableDefinition> tables, Latency latency, QuotaCheck quotas) {
    LoggingChoice.simple();
    SQLITE.setLevel(Level.WARNING);
    if (System.getProperty(REFERENCES_PER_CACHE_LINE) == null) {
      // 64 bytes of references that are compressed, as in any heap below 32 GB.
      System.setProperty(REFERENCES_PER_CACHE_LINE, "16");
    }
    LocalDynamoDb store = new LocalDynamoDb(new PartitionThrottle(tables, quotas), latency);
    try {
      store.open(tables);
      return store;
    } catch (RuntimeException failed) {
      store.closeAfter(failed);
      throw failed;
    }
  }

  private void open(List<TableDefinition> tables) {
    try {
      server.start();
    } catch (Exception failed) {
      throw new StoreException("DynamoDB Local does not start: " + failed, failed);
    }
    TableCreation creation = new TableCreation(endpoint());
    tables.forEach(creation::create);
    calls.reset();
  }

  private void closeAfter(RuntimeException failed) {
    try {
      close();
    } catch (IllegalStateException also) {
      failed.addSuppressed(also);
    }
  }

  /** The address of its API. */
  @Override
  public URI endpoint() {
    return URI.create("http://127.0.0.1:" + connector.getLocalPort());
  }

  /**
   * API calls by operation, for example {@code dynamodb.Query}, and the request units they
   * consumed, as DynamoDB bills them on demand: {@code aws.rru} and {@code aws.wru}.
   */
  @Override
  public Map<String, Long> counters() {
    return calls.counters();
  }

  @Override
  public void close() {
    try {
      server.stop();
      database.close();
      timer.shutdown();
    } catch (Exception failed) {
      throw new IllegalStateException("DynamoDB Local does not stop: " + failed, failed);
    }
  }
}
