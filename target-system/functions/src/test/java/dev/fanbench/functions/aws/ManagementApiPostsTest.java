package dev.fanbench.functions.aws;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.apigatewaymanagementapi.model.ApiGatewayManagementApiException;
import software.amazon.awssdk.services.apigatewaymanagementapi.model.GoneException;

class ManagementApiPostsTest {

  @Test
  void goneIsTheTypeOrTheStatus() {
    assertTrue(ManagementApiPosts.isGone(GoneException.builder().build()));
    assertTrue(ManagementApiPosts.isGone(status(410)));
    assertFalse(ManagementApiPosts.isGone(status(429)));
    assertFalse(ManagementApiPosts.isGone(new IOException("reset")));
  }

  private static Throwable status(int code) {
    return ApiGatewayManagementApiException.builder().statusCode(code).build();
  }
}
