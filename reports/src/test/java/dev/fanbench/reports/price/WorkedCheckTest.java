package dev.fanbench.reports.price;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.fanbench.reports.price.PaidByUse.Part;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * The worked check of the specification: 1,000 connections, one message a second to 100 members, 1
 * GB arm64 functions of 30 ms, items of 120 B, a month of 730 hours.
 */
class WorkedCheckTest {

  private static final double EACH = 1.0 / 100;
  private static final PriceList PRICES = PriceList.shipped();

  /** A hundred items of 120 B are three blocks of 4 KB, read at half a unit each. */
  private static final double READ_UNITS = 1.5;

  private static final List<Part> LAMBDA_AND_READS =
      List.of(
          Part.used("requests", EACH, PRICES.of("lambda.millionRequests") / 1e6),
          Part.used("GB-seconds", EACH * 0.030, PRICES.of("lambda.gbSecondArm")),
          Part.used("reads", EACH * READ_UNITS, PRICES.of("dynamoDb.millionReadUnits") / 1e6));

  private static final Part STORING =
      Part.used("storing", EACH, PRICES.of("dynamoDb.millionWriteUnits") / 1e6);

  private static final DataTransfer TRANSFER = DataTransfer.assumed(PRICES, 120);
  private static final Rented MACHINE = Rented.machine(PRICES, TRANSFER);

  @Test
  void theServerlessBillItemByItem() {
    Bill bill =
        new PaidByUse(
                PRICES,
                101 * EACH,
                TRANSFER,
                List.of(
                    LAMBDA_AND_READS.get(0),
                    LAMBDA_AND_READS.get(1),
                    LAMBDA_AND_READS.get(2),
                    STORING))
            .monthly(100, 1_000);
    assertEquals(265.43, bill.items().get("messages"), 0.005);
    assertEquals(10.95, bill.items().get("connection-minutes"), 0.005);
    assertEquals(0.53, bill.items().get("requests"), 0.005);
    assertEquals(1.05, bill.items().get("GB-seconds"), 0.005);
    assertEquals(0.49, bill.items().get("reads"), 0.005);
    assertEquals(1.64, bill.items().get("storing"), 0.005);
    assertEquals(280.09, bill.total(), 0.01);
  }

  @Test
  void theMachineItemByItem() {
    Bill bill = MACHINE.monthly(100, 1_000);
    assertEquals(52.93, bill.items().get("one c7g.large"), 0.01);
    assertEquals(16.43, bill.items().get("load balancer"), 0.01);
    assertEquals(4.38, bill.items().get("capacity units"), 0.01);
    assertEquals(7.30, bill.items().get("IPv4 addresses"), 0.01);
    assertEquals(81.03, bill.total(), 0.01);
  }

  /** The two figures of the specification count the messages that are deliveries, and them only. */
  @Test
  void bothBreakEvens() {
    PaidByUse messages = new PaidByUse(PRICES, 1, TRANSFER, List.of());
    BreakEven without = BreakEven.between(messages, MACHINE, 0).orElseThrow();
    assertEquals(
        "($81.03 rent − $0.00 standing) ÷ $2.63 for each delivery a second = 30.8/s",
        without.formula());
    BreakEven with = BreakEven.between(messages, MACHINE, 1_000).orElseThrow();
    assertEquals(
        "($81.03 rent − $10.95 standing) ÷ $2.63 for each delivery a second = 26.7/s",
        with.formula());
  }

  @Test
  void everythingThatIsMeteredMovesThemByLittle() {
    PaidByUse all = new PaidByUse(PRICES, 101 * EACH, TRANSFER, LAMBDA_AND_READS);
    assertEquals(30.3, BreakEven.between(all, MACHINE, 0).orElseThrow().deliveriesPerSecond(), 0.1);
    assertEquals(
        26.2, BreakEven.between(all, MACHINE, 1_000).orElseThrow().deliveriesPerSecond(), 0.1);
  }

  @Test
  void theSecondBillionOfMessagesCostsLess() {
    assertEquals(1_000, PRICES.messages(1e9), 1e-6);
    assertEquals(1_800, PRICES.messages(2e9), 1e-6);
  }

  /** A thousand and ten thousand deliveries a second of 1 KB and their headers. */
  @Test
  void dataTransferHasAFreePartAndTwoPrices() {
    assertEquals(0, PRICES.transferOut(100e9), 1e-9);
    assertEquals(0.09, PRICES.transferOut(101e9), 1e-9);
    assertEquals(9_900 * 0.09 + 1_000 * 0.085, PRICES.transferOut(11_000e9), 1e-6);
    DataTransfer text = DataTransfer.measured(PRICES, 1_024 + 20);
    assertEquals(250.23, text.monthly(1_000), 0.01);
    assertEquals(2_489.24, text.monthly(10_000), 0.01);
    assertEquals(0, MACHINE.monthly(100, 1_000).items().get(Billing.TRANSFER), 1e-9);
  }

  @Test
  void aLoadBalancerThatCarriesMoreThanAGigabyteAnHourCostsMore() {
    double units = 10_000.0 * TRANSFER.bytesPerDelivery() * 3_600 / 1e9;
    assertTrue(units > 1);
    double expected = units * 730 * PRICES.of("nlb.unitHour");
    assertEquals(
        expected, MACHINE.monthly(10_000, 0).items().get("capacity units"), 1e-6 * expected);
  }

  @Test
  void whatIsTheCheaperAtEveryRateHasNoBreakEven() {
    PaidByUse free = new PaidByUse(PRICES, 0, TRANSFER, List.of());
    PaidByUse dear = new PaidByUse(PRICES, 1, TRANSFER, List.of(new Part("standing", 100, 0)));
    assertTrue(BreakEven.between(free, MACHINE, 0).isEmpty());
    assertTrue(BreakEven.between(dear, MACHINE, 0).isEmpty());
  }

  @Test
  void otherWaysToRentHaveTheirOwnBill() {
    List<String> names = Rented.others(PRICES, TRANSFER).stream().map(Rented::name).toList();
    assertEquals(
        List.of(
            "two c7g.large, one to spare",
            "one m7g.large",
            "Fargate with 2 vCPU and 4 GB",
            "one c7g.large behind an application load balancer"),
        names);
    Rented fargate = Rented.others(PRICES, TRANSFER).get(2);
    double hour = 2 * 0.03238 + 4 * 0.00356 + 0.0225 + 0.006 + 0.01;
    assertEquals(hour * 730, fargate.monthly(1, 0).total(), 1e-9);
  }
}
