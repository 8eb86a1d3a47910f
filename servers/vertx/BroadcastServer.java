import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.Vertx;
import io.vertx.core.eventbus.MessageConsumer;

/** Each text goes to all clients by the event bus. Each processor has a verticle of its own. */
public final class BroadcastServer extends VerticleBase {
  private static final String ALL = "all";

  private final int port;

  private BroadcastServer(int port) {
    this.port = port;
  }

  /** The argument is a port. */
  public static void main(String[] arguments) {
    int port = Integer.parseInt(arguments[0]);
    int processors = Runtime.getRuntime().availableProcessors();
    Vertx.vertx()
        .deployVerticle(
            () -> new BroadcastServer(port), new DeploymentOptions().setInstances(processors))
        .onFailure(
            failure -> {
              failure.printStackTrace();
              System.exit(1);
            });
  }

  @Override
  public Future<?> start() {
    return vertx
        .createHttpServer()
        .webSocketHandler(
            socket -> {
              MessageConsumer<String> hears =
                  vertx.eventBus().consumer(ALL, said -> socket.writeTextMessage(said.body()));
              socket.textMessageHandler(text -> vertx.eventBus().publish(ALL, text));
              socket.closeHandler(closed -> hears.unregister());
            })
        .listen(port, "127.0.0.1");
  }
}
