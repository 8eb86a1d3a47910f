package dev.fanbench.measurement.run;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class UnitsTest {

  @Test
  void timesHaveThreeDigitsAndAUnit() {
    assertEquals("0 ns", Units.time(0));
    assertEquals("850 ns", Units.time(850));
    assertEquals("1 µs", Units.time(1_000));
    assertEquals("12.3 µs", Units.time(12_345));
    assertEquals("9.12 ms", Units.time(9_123_456));
    assertEquals("9.1 ms", Units.time(9_100_000));
    assertEquals("151 ms", Units.time(150_994_943));
    assertEquals("100 ms", Units.time(100_000_000));
    assertEquals("1 ms", Units.time(999_950));
    assertEquals("1 s", Units.time(999_999_999));
    assertEquals("1.25 s", Units.time(1_250_000_000));
    assertEquals("3600 s", Units.time(3_600_000_000_000L));
    assertEquals("-2 ms", Units.time(-2_000_000));
    assertEquals("not available", Units.time(Double.NaN));
  }

  @Test
  void otherQuantitiesToo() {
    assertEquals("40/s", Units.rate(40));
    assertEquals("199.9/s", Units.rate(199.94));
    assertEquals("12,345/s", Units.rate(12_345.4));
    assertEquals("100,000", Units.count(100_000));
    assertEquals("64 B", Units.bytes(64));
    assertEquals("5.4 KB", Units.bytes(5_530));
    assertEquals("310 MB", Units.bytes(310.0 * 1024 * 1024));
    assertEquals("23.5 GB", Units.bytes(23.5 * 1024 * 1024 * 1024));
    assertEquals("6.1×", Units.ratio(6.1));
    assertEquals("1.04×", Units.ratio(1.04));
    assertEquals("4.5 %", Units.percent(0.045));
    assertEquals("99 %", Units.percent(0.99));
  }
}
