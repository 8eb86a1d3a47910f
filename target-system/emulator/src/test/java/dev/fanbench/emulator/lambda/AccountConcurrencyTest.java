package dev.fanbench.emulator.lambda;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.fanbench.emulator.quota.QuotaCheck;
import dev.fanbench.emulator.quota.QuotaSet;
import dev.fanbench.emulator.template.FunctionCode;
import dev.fanbench.emulator.template.FunctionDefinition;
import dev.fanbench.emulator.template.TemplateException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class AccountConcurrencyTest {
  private final QuotaCheck quotas =
      new QuotaCheck(QuotaSet.standard(), Clock.fixed(Instant.EPOCH, ZoneOffset.UTC));

  @Test
  void reservationsLeaveSomethingForOtherFunctions() {
    TemplateException refused =
        assertThrows(
            TemplateException.class, () -> AccountConcurrency.require(quotas, reserving(901)));
    assertEquals(
        "ReservedConcurrentExecutions of [f] are 901 together; 900 are allowed of the account's"
            + " 1000",
        refused.getMessage());
    assertDoesNotThrow(() -> AccountConcurrency.require(quotas, reserving(900)));
  }

  private static List<FunctionDefinition> reserving(int requests) {
    return List.of(
        new FunctionDefinition(
            "f",
            "test.f",
            FunctionCode.classPath(),
            1_024,
            Duration.ofSeconds(3),
            Optional.of(requests),
            Map.of()));
  }
}
