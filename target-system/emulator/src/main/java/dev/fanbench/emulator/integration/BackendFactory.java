package dev.fanbench.emulator.integration;

import dev.fanbench.emulator.lambda.Invoker;
import dev.fanbench.emulator.mapping.MappingEngine;
import dev.fanbench.emulator.mapping.PayloadMapping;
import dev.fanbench.emulator.store.DynamoDbRequest;
import dev.fanbench.emulator.template.BodyMapping;
import dev.fanbench.emulator.template.ContentHandling;
import dev.fanbench.emulator.template.EmulatorRoute;
import dev.fanbench.emulator.template.HttpEndpoint;
import dev.fanbench.emulator.template.Integration;
import java.net.URI;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/** Makes the backends of one API. Thread-safe. */
public final class BackendFactory implements AutoCloseable {
  private final Invoker invoker;
  private final MappingEngine mappings;
  private final HttpCaller http = new HttpCaller();

  /** Set before the first call. */
  private volatile URI store;

  /**
   * @param invoker runs the functions that integrations name
   * @param stageVariables what mappings may take from the stage
   */
  public BackendFactory(Invoker invoker, Map<String, String> stageVariables) {
    this.invoker = invoker;
    this.mappings = new MappingEngine(stageVariables);
  }

  /** The backend of a route. */
  public Backend of(EmulatorRoute route) {
    Integration integration = route.integration();
    if (integration instanceof Integration.LambdaProxy proxy) {
      return new LambdaProxyBackend(invoker, proxy.function());
    } else if (integration instanceof Integration.Lambda lambda) {
      return mapped(
          route,
          lambda.request(),
          lambda.asynchronous()
              ? new EventEndpoint(invoker, lambda.function())
              : new FunctionEndpoint(invoker, lambda.function()),
          lambda.response());
    } else if (integration instanceof Integration.HttpProxy proxy) {
      return mapped(
          route,
          BodyMapping.only(proxy.content()),
          endpoint(proxy.endpoint(), true),
          BodyMapping.only(ContentHandling.PASSTHROUGH));
    } else if (integration instanceof Integration.Http plain) {
      return mapped(route, plain.request(), endpoint(plain.endpoint(), false), plain.response());
    }
    if (integration instanceof Integration.DynamoDb items) {
      return mapped(route, items.request(), endpoint(items.action()), items.response());
    }
    Integration.Mock mock = (Integration.Mock) integration;
    return mapped(route, mock.request(), MockEndpoint.LOOPBACK, mock.response());
  }

  /** Sets the address of DynamoDB, which integrations call by its actions. */
  public void storeAt(URI address) {
    store = address;
  }

  /** Sends no further HTTP request; completes when those on their way are answered. */
  public CompletableFuture<Void> drain() {
    return http.drain();
  }

  /** Ends the threads that send HTTP requests. */
  @Override
  public void close() {
    http.close();
  }

  private IntegrationEndpoint endpoint(HttpEndpoint target, boolean forwards) {
    return http.endpoint(target, mappings.parameters(target.parameters()), forwards);
  }

  private IntegrationEndpoint endpoint(String action) {
    Map<String, String> headers = new HashMap<>();
    DynamoDbRequest.headers(action)
        .forEach((name, value) -> headers.put("integration.request.header." + name, quoted(value)));
    // Made now, so that the first request does not wait for it.
    http.client();
    return new DynamoDbEndpoint(http, () -> store, mappings.parameters(headers));
  }

  private static String quoted(String text) {
    return "'" + text + "'";
  }

  private Backend mapped(
      EmulatorRoute route,
      BodyMapping request,
      IntegrationEndpoint endpoint,
      BodyMapping response) {
    PayloadMapping there = mappings.prepare(request, route.key() + " request");
    PayloadMapping back = mappings.prepare(response, route.key() + " response");
    return new MappedBackend(there, endpoint, back);
  }
}
