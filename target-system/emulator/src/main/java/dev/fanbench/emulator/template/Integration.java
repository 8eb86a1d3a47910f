package dev.fanbench.emulator.template;

import java.time.Duration;
import java.util.Optional;

/** The integration of a route, in one of the six styles. */
public sealed interface Integration {

  /** The time that the gateway waits for an answer, from 50 ms to 29 s. */
  Duration timeout();

  /** The logical name of the function that it calls, if it calls one. */
  default Optional<String> called() {
    if (this instanceof LambdaProxy proxy) {
      return Optional.of(proxy.function());
    }
    return this instanceof Lambda lambda ? Optional.of(lambda.function()) : Optional.empty();
  }

  /**
   * {@code AWS_PROXY}: a function gets the gateway's own event and returns status and body.
   *
   * @param function the logical name of the function
   */
  record LambdaProxy(String function, Duration timeout) implements Integration {}

  /**
   * {@code AWS}: a function gets what the request template makes, and what it returns goes through
   * the response template.
   *
   * @param function the logical name of the function
   * @param asynchronous whether the answer does not wait for the function
   */
  record Lambda(
      String function,
      boolean asynchronous,
      BodyMapping request,
      BodyMapping response,
      Duration timeout)
      implements Integration {}

  /** {@code HTTP_PROXY}: an endpoint gets the client's message as it is, and nothing else. */
  record HttpProxy(HttpEndpoint endpoint, ContentHandling content, Duration timeout)
      implements Integration {}

  /** {@code HTTP}: an endpoint gets what the request template makes. */
  record Http(HttpEndpoint endpoint, BodyMapping request, BodyMapping response, Duration timeout)
      implements Integration {}

  /**
   * {@code AWS}: an action of DynamoDB gets what the request template makes, and its answer goes
   * through the response template. The role of the integration is not used.
   *
   * @param action such as {@code PutItem}
   */
  record DynamoDb(String action, BodyMapping request, BodyMapping response, Duration timeout)
      implements Integration {}

  /**
   * {@code MOCK}: nothing is called. The request template's {@code statusCode} is the status, and
   * its text comes back as the answer.
   */
  record Mock(BodyMapping request, BodyMapping response, Duration timeout) implements Integration {}
}
