package dev.fanbench.functions.aws;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.apigatewaymanagementapi.model.ApiGatewayManagementApiException;
import software.amazon.awssdk.services.apigatewaymanagementapi.model.GoneException;

class ManagementApiPosterTest {

  @Test
  void goneIsTheTypeOrTheStatus() {
    assertTrue(ManagementApiPoster.isGone(GoneException.builder().build()));
    assertTrue(ManagementApiPoster.isGone(status(410)));
    assertFalse(ManagementApiPoster.isGone(status(429)));
    assertFalse(ManagementApiPoster.isGone(new IOException("reset")));
  }

  private static Throwable status(int code) {
    return ApiGatewayManagementApiException.builder().statusCode(code).build();
  }
}
