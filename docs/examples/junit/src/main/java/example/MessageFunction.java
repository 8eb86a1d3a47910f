package example;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.http.crt.AwsCrtHttpClient;
import software.amazon.awssdk.services.apigatewaymanagementapi.ApiGatewayManagementApiClient;
import software.amazon.awssdk.services.apigatewaymanagementapi.model.GoneException;

/** Sends the text of {@code {"action":"tell","to":"ID","text":"…"}} to a connection. */
public final class MessageFunction
    implements RequestHandler<Map<String, Object>, Map<String, Object>> {
  private static final Pattern TELL =
      Pattern.compile("\\{\"action\":\"tell\",\"to\":\"([^\"]+)\",\"text\":\"([^\"]*)\"}");

  private final ApiGatewayManagementApiClient connections;

  /** The function on AWS, where the SDK finds its endpoint in a variable. */
  public MessageFunction() {
    this(
        ApiGatewayManagementApiClient.builder()
            .httpClientBuilder(AwsCrtHttpClient.builder())
            .build());
  }

  /** The function with a client of its own. */
  MessageFunction(ApiGatewayManagementApiClient connections) {
    this.connections = connections;
  }

  @Override
  public Map<String, Object> handleRequest(Map<String, Object> event, Context context) {
    Matcher tell = TELL.matcher(String.valueOf(event.get("body")));
    if (!tell.matches()) {
      return answer("");
    }
    try {
      connections.postToConnection(
          post -> post.connectionId(tell.group(1)).data(SdkBytes.fromUtf8String(tell.group(2))));
      return answer("told");
    } catch (GoneException gone) {
      return answer("gone");
    }
  }

  private static Map<String, Object> answer(String body) {
    return Map.of("statusCode", 200, "body", body);
  }
}
