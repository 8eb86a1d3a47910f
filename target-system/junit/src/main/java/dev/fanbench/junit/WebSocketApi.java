package dev.fanbench.junit;

import dev.fanbench.emulator.Emulator;
import dev.fanbench.emulator.EmulatorOptions;
import dev.fanbench.emulator.EmulatorOptions.StoreSource;
import dev.fanbench.emulator.gateway.PostAnswer;
import dev.fanbench.emulator.store.LocalStore;
import dev.fanbench.target.FaultRequest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * The WebSocket API of a template, on a free port of this JVM, for tests of its functions.
 *
 * <pre>{@code
 * @RegisterExtension
 * static final WebSocketApi api =
 *     WebSocketApi.of("template.yaml").handler("ChatFunction", Chat.class).build();
 * }</pre>
 *
 * <p>In a static field, one API serves all tests of a class. In an instance field, each test has an
 * API of its own. {@link #start} serves where there is no extension. Thread-safe.
 *
 * <p>Functions that leave it to the AWS SDK to find its endpoints get those of the API that was
 * started last in this JVM. For APIs at the same time, see {@link WebSocketApiBuilder#handlerFrom}.
 */
public final class WebSocketApi
    implements AutoCloseable,
        BeforeAllCallback,
        AfterAllCallback,
        BeforeEachCallback,
        AfterEachCallback {
  private final WebSocketApiBuilder settings;
  private volatile Run run;

  /** Classes around the test, the nested ones included, that have this API in a static field. */
  private int classes;

  /** An emulator and what a test knows of it. */
  private record Run(Emulator emulator, ApiJournal journal, PassingClock clock) {}

  WebSocketApi(WebSocketApiBuilder settings) {
    this.settings = settings;
  }

  /**
   * Starts the API of a template, whose functions are classes of the class path, programs or
   * modules.
   *
   * @throws UncheckedIOException if the template cannot be read
   * @throws dev.fanbench.emulator.template.TemplateException if it cannot be deployed
   */
  public static WebSocketApi start(Path template) {
    return of(template).start();
  }

  /** The settings of an API. */
  public static WebSocketApiBuilder of(Path template) {
    return new WebSocketApiBuilder(template);
  }

  /** The settings of an API, whose template is relative to the working directory. */
  public static WebSocketApiBuilder of(String template) {
    return of(Path.of(template));
  }

  synchronized void begin() {
    PassingClock clock = new PassingClock(settings.clock());
    ApiJournal journal = new ApiJournal();
    HandlerTable handlers = settings.handlers();
    EmulatorOptions options = settings.emulatorOptions();
    try {
      Emulator emulator =
          Emulator.start(
              options
                  .withHandlers(handlers)
                  .withStore(store(options.store(), handlers))
                  .withClock(clock)
                  .withObserver(Optional.of(journal)));
      run = new Run(emulator, journal, clock);
      handlers.endpointAt(endpoint());
    } catch (IOException failed) {
      throw new UncheckedIOException("the API did not start", failed);
    }
  }

  private static StoreSource store(StoreSource given, HandlerTable handlers) {
    return (template, latency, quotas) -> {
      handlers.check(template);
      LocalStore store =
          template.tables().isEmpty() && !template.usesRedis()
              ? new AbsentStore()
              : given.start(template, latency, quotas);
      handlers.storeAt(store.endpoint());
      return store;
    };
  }

  private Run run() {
    Run now = run;
    if (now == null) {
      throw new IllegalStateException(
          "the API is not started; JUnit starts it in a field with @RegisterExtension");
    }
    return now;
  }

  /** The address for clients, such as {@code ws://127.0.0.1:40123/dev}. */
  public URI url() {
    return run().emulator().url();
  }

  /** The endpoint of {@code @connections} for {@code endpointOverride} of the AWS SDK. */
  public URI endpoint() {
    return URI.create("http://%s%s".formatted(url().getAuthority(), url().getPath()));
  }

  /** The address of {@code @connections} for plain HTTP; calls of it must be signed. */
  public URI connectionsUrl() {
    return run().emulator().connections();
  }

  /** All counters of the emulator so far, by name, such as {@code posts.gone}. */
  public Map<String, Long> counters() {
    return run().emulator().counters();
  }

  /** Connects a client. */
  public ApiClient connect() {
    return ApiClient.connect(url());
  }

  /** The ids of the open connections, the oldest first. */
  public List<String> connections() {
    return run().journal().connections();
  }

  /**
   * The ids of the open connections when there are so many, 10 s later at most.
   *
   * @throws AssertionError if there are never so many
   */
  public List<String> awaitConnections(int count) {
    return run().journal().awaitConnections(count);
  }

  /** The posts that were accepted so far, in their order. */
  public List<ApiPost> posts() {
    return run().journal().posts();
  }

  /**
   * The posts that were accepted, when there are at least so many, 10 s later at most.
   *
   * @throws AssertionError if there are never so many
   */
  public List<ApiPost> awaitPosts(int count) {
    return run().journal().awaitPosts(count);
  }

  /** Forgets the posts so far, for tests that share an API. */
  public void clearPosts() {
    run().journal().clear();
  }

  /**
   * Lets time pass at once: connections that are now idle for ten minutes, or two hours old, are
   * closed.
   */
  public void pass(Duration time) {
    run().clock().pass(time);
    run().emulator().sweep();
  }

  /**
   * Answers all further posts to an open connection: with 410, with 429, or by delivery again.
   * Posts to a connection that has ended are answered with 410 anyway.
   */
  public void answerPosts(String connectionId, PostAnswer answer) {
    answerPosts(connectionId, answer, Integer.MAX_VALUE);
  }

  /** Answers so many of the next posts to an open connection, and delivers the others. */
  public void answerPosts(String connectionId, PostAnswer answer, int times) {
    run().journal().answer(connectionId, answer, times);
  }

  /**
   * Loses events of {@code $disconnect} from now on.
   *
   * @param share from 0 to 1; exactly one of each 1/share in a row
   */
  public void loseDisconnects(double share) {
    inject("loseDisconnects", String.valueOf(share));
  }

  /** Lets time pass between the return of {@code $connect} and the client's 101; 29 s at most. */
  public void connectRace(Duration time) {
    inject("connectRaceMillis", String.valueOf(time.toMillis()));
  }

  /** Closes all connections with 1001, as AWS does at times. */
  public void dropConnections() {
    inject("dropConnections", "1001");
  }

  /** Breaks all connections without a close, which clients report as 1006. */
  public void breakConnections() {
    inject("dropConnections", "1006");
  }

  private void inject(String fault, String value) {
    run().emulator().faults().inject(new FaultRequest(Map.of(fault, value)));
  }

  /** Stops the API; its clients are closed with 1001. Safe to call twice. */
  @Override
  public synchronized void close() {
    Run last = run;
    run = null;
    if (last != null) {
      last.emulator().close();
    }
  }

  @Override
  public synchronized void beforeAll(ExtensionContext context) {
    if (classes++ == 0) {
      begin();
    }
  }

  @Override
  public synchronized void afterAll(ExtensionContext context) {
    if (--classes == 0) {
      close();
    }
  }

  @Override
  public synchronized void beforeEach(ExtensionContext context) {
    if (classes == 0) {
      begin();
    }
  }

  @Override
  public synchronized void afterEach(ExtensionContext context) {
    if (classes == 0) {
      close();
    }
  }
}
