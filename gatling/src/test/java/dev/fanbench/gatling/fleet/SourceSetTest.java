package dev.fanbench.gatling.fleet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.net.InetAddress;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SourceSetTest {
  private static final URI HERE = URI.create("ws://127.0.0.1:9001/dev");

  @Test
  void rangesAndAddressesMakeAList() {
    assertEquals(
        List.of("10.0.0.255", "10.0.1.0", "10.0.1.1", "127.0.0.9"),
        words("10.0.0.255-10.0.1.1, 127.0.0.9,10.0.1.0"));
    assertEquals(List.of("200.1.2.3"), words("200.1.2.3-200.1.2.3"));
    assertEquals(254, SourceSet.parse("127.0.0.1-127.0.0.254").addresses().size());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "8",
        "127.0.0.256",
        "127.0.0",
        "::1",
        "localhost",
        "127.0.0.9-127.0.0.2",
        "127.0.0.1-127.0.0.2-127.0.0.3",
        "127.0.0.1-127.0.0.255",
        "127.0.0.1-127.0.0.200,127.0.1.1-127.0.1.200",
        "127.0.0.1,"
      })
  void otherTextsAreRefused(String text) {
    assertThrows(IllegalArgumentException.class, () -> SourceSet.parse(text));
  }

  @Test
  void addressesOfOtherMachinesAreFound() {
    assertEquals(Optional.empty(), SourceSet.AUTOMATIC.foreign());
    assertEquals(Optional.empty(), SourceSet.parse("127.0.0.1").foreign());
    for (String foreign : List.of("192.0.2.7", "0.0.0.0", "224.0.0.1")) {
      assertEquals(
          Optional.of(foreign),
          SourceSet.parse("127.0.0.1," + foreign).foreign().map(InetAddress::getHostAddress));
    }
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void loopbackTargetsAreReachedFromEightAddresses() {
    assertEquals(8, SourceSet.AUTOMATIC.countTo(HERE));
    assertEquals(1, SourceSet.AUTOMATIC.countTo(URI.create("ws://192.0.2.7/dev")));
    assertEquals(3, SourceSet.parse("127.0.0.2-127.0.0.4").countTo(HERE));
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void aLoopbackAddressHasNoWayToAnotherMachine() {
    SourceSet loopback = SourceSet.parse("127.0.0.1");
    assertEquals(Optional.empty(), loopback.withoutWayTo(HERE));
    for (String other : List.of("ws://192.0.2.7:1/dev", "ws://[::1]:1/dev")) {
      assertEquals(
          Optional.of(InetAddress.getLoopbackAddress()), loopback.withoutWayTo(URI.create(other)));
    }
  }

  private static List<String> words(String text) {
    return SourceSet.parse(text).addresses().stream().map(InetAddress::getHostAddress).toList();
  }
}
