package dev.fanbench.emulator.runtime;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.fanbench.emulator.Client;
import dev.fanbench.emulator.Emulator;
import dev.fanbench.emulator.EmulatorOptions;
import dev.fanbench.emulator.store.LocalStore;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/** A folder with a template and the code of one function, whose answer goes back to the sender. */
public final class FunctionFolder {
  private static final String TEMPLATE =
      """
      Transform: AWS::Serverless-2016-10-31
      Globals:
        Function: {Timeout: 10}
      Resources:
        Api:
          Type: AWS::ApiGatewayV2::Api
          Properties: {ProtocolType: WEBSOCKET, RouteSelectionExpression: $request.body.action}
        Stage:
          Type: AWS::ApiGatewayV2::Stage
          Properties: {ApiId: !Ref Api, StageName: dev}
        Route:
          Type: AWS::ApiGatewayV2::Route
          Properties: {ApiId: !Ref Api, RouteKey: $default, Target: !Sub "integrations/${Integration}"}
        RouteResponse:
          Type: AWS::ApiGatewayV2::RouteResponse
          Properties: {ApiId: !Ref Api, RouteId: !Ref Route, RouteResponseKey: $default}
        Integration:
          Type: AWS::ApiGatewayV2::Integration
          Properties:
            ApiId: !Ref Api
            IntegrationType: AWS_PROXY
            IntegrationUri: !Sub "arn:aws:apigateway:${AWS::Region}:lambda:path/2015-03-31/functions/${Echo.Arn}/invocations"
        Echo:
          Type: AWS::Serverless::Function
          Properties: {PROPERTIES}
      """;

  private final Path folder;
  private String template;

  /**
   * @param properties of the function, such as {@code Runtime: python3.12, Handler: app.handler}
   */
  public FunctionFolder(Path folder, String properties) {
    this.folder = folder;
    this.template = TEMPLATE.replace("PROPERTIES", properties);
  }

  /** Adds a file below the folder. */
  public FunctionFolder file(String name, String text) throws IOException {
    Path file = folder.resolve(name);
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
    return this;
  }

  /** Adds the program of a custom runtime, which can be executed. */
  public FunctionFolder bootstrap(String text) throws IOException {
    file("bootstrap", text);
    if (!folder.resolve("bootstrap").toFile().setExecutable(true)) {
      throw new IOException("a bootstrap cannot be made executable");
    }
    return this;
  }

  /** Adds to the end of the template. */
  public FunctionFolder with(String resources) {
    template += resources.indent(2);
    return this;
  }

  /** Changes the template. */
  public FunctionFolder replacing(String text, String other) {
    template = template.replace(text, other);
    return this;
  }

  /** Writes the template to a file. */
  public Path write() throws IOException {
    return Files.writeString(folder.resolve("template.yaml"), template);
  }

  public EmulatorOptions options() {
    return EmulatorOptions.standard()
        .withTemplate(template)
        .withFolder(folder)
        .withStore((template, latency, quotas) -> new NoStore());
  }

  public Emulator start() throws IOException {
    return start(options -> options);
  }

  public Emulator start(UnaryOperator<EmulatorOptions> change) throws IOException {
    return Emulator.start(change.apply(options()));
  }

  /** Connects, sends a text and returns the answer. */
  static String ask(Emulator emulator, String text) throws InterruptedException {
    Client client = Client.connect(emulator.url());
    client.send(text);
    String answer = client.next();
    client.close(1000, "done");
    return answer;
  }

  /** Leaves a test out where a program is not installed, but never where CI is set. */
  public static void assumeInstalled(String... programs) {
    for (String program : programs) {
      boolean found =
          Stream.of(System.getenv("PATH").split(":"))
              .anyMatch(each -> Files.isExecutable(Path.of(each, program)));
      assumeTrue(found || System.getenv("CI") != null, () -> program + " is not installed");
    }
  }

  /** The functions of these tests store nothing. */
  private record NoStore() implements LocalStore {
    @Override
    public URI endpoint() {
      return URI.create("http://127.0.0.1:1");
    }

    @Override
    public Map<String, Long> counters() {
      return Map.of();
    }

    @Override
    public void close() {}
  }
}
