package dev.fanbench.reports.price;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** The arithmetic of Cloudflare's price page, item by item. */
class DurableObjectTest {
  private static final PriceList PRICES = PriceList.shipped();
  private static final double MONTH = 730 * 3_600.0;

  @Test
  void aSmallRoomCostsThePlan() {
    Bill bill = new DurableObject(PRICES, 1.0 / 100, 20e-6).monthly(100, 1_000);
    assertEquals(5, bill.total(), 1e-9);
    assertEquals(5, bill.items().get("Workers plan"), 1e-9);
  }

  @Test
  void twentyMessagesThatComeInAreOneRequest() {
    Bill bill = new DurableObject(PRICES, 1, 0).monthly(1_000, 1_000);
    double requests = 1_000 * MONTH / 20 + 1_000;
    assertEquals((requests - 1e6) / 1e6 * 0.15, bill.items().get("requests to objects"), 1e-9);
    assertEquals(0, bill.items().get("requests to the worker"), 1e-9);
  }

  @Test
  void workIsBilledAt128MegabytesBeyondTheAllowance() {
    Bill bill = new DurableObject(PRICES, 0, 1e-3).monthly(2_000, 0);
    double gigabyteSeconds = 2 * MONTH * 0.128;
    assertTrue(gigabyteSeconds > 400_000);
    assertEquals((gigabyteSeconds - 400_000) / 1e6 * 12.50, bill.items().get("GB-seconds"), 1e-9);
  }

  @Test
  void anObjectThatWorksAllMonthStaysWithinTheAllowance() {
    Bill bill = new DurableObject(PRICES, 0, 1).monthly(1, 0);
    assertEquals(0, bill.items().get("GB-seconds"), 1e-9);
  }

  @Test
  void aListWithoutItsPricesHasNoBill() {
    Map<String, Double> older = new TreeMap<>(PRICES.dollars());
    older.remove("cloudflare.planMonth");
    PriceList mine = new PriceList("eu", "2026", "me", older);
    assertTrue(DurableObject.priced(mine, 1, 1).isEmpty());
    assertTrue(DurableObject.priced(PRICES, 1, Double.NaN).isEmpty());
    assertTrue(DurableObject.priced(PRICES, 1, 1).isPresent());
  }
}
