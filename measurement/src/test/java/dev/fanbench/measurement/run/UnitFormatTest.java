package dev.fanbench.measurement.run;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class UnitFormatTest {

  @Test
  void timesHaveThreeDigitsAndAUnit() {
    assertEquals("0 ns", UnitFormat.time(0));
    assertEquals("850 ns", UnitFormat.time(850));
    assertEquals("1 µs", UnitFormat.time(1_000));
    assertEquals("12.3 µs", UnitFormat.time(12_345));
    assertEquals("9.12 ms", UnitFormat.time(9_123_456));
    assertEquals("9.1 ms", UnitFormat.time(9_100_000));
    assertEquals("151 ms", UnitFormat.time(150_994_943));
    assertEquals("100 ms", UnitFormat.time(100_000_000));
    assertEquals("1 ms", UnitFormat.time(999_950));
    assertEquals("1 s", UnitFormat.time(999_999_999));
    assertEquals("1.25 s", UnitFormat.time(1_250_000_000));
    assertEquals("3600 s", UnitFormat.time(3_600_000_000_000L));
    assertEquals("-2 ms", UnitFormat.time(-2_000_000));
    assertEquals("not available", UnitFormat.time(Double.NaN));
  }

  @Test
  void otherQuantitiesToo() {
    assertEquals("40/s", UnitFormat.rate(40));
    assertEquals("199.9/s", UnitFormat.rate(199.94));
    assertEquals("12,345/s", UnitFormat.rate(12_345.4));
    assertEquals("100,000", UnitFormat.count(100_000));
    assertEquals("64 B", UnitFormat.bytes(64));
    assertEquals("5.4 KB", UnitFormat.bytes(5_530));
    assertEquals("310 MB", UnitFormat.bytes(310.0 * 1024 * 1024));
    assertEquals("23.5 GB", UnitFormat.bytes(23.5 * 1024 * 1024 * 1024));
    assertEquals("-310 MB", UnitFormat.bytes(-310.0 * 1024 * 1024));
    assertEquals("-64 B", UnitFormat.bytes(-64));
    assertEquals("6.1×", UnitFormat.ratio(6.1));
    assertEquals("1.04×", UnitFormat.ratio(1.04));
    assertEquals("4.5 %", UnitFormat.percent(0.045));
    assertEquals("99 %", UnitFormat.percent(0.99));
    assertEquals("+4.5 %", UnitFormat.change(0.045));
    assertEquals("−17.2 %", UnitFormat.change(-0.172));
    assertEquals("0 %", UnitFormat.change(-0.00001));
  }
}
