package dev.fanbench.baseline;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.fanbench.protocol.conformance.Autobahn;
import dev.fanbench.protocol.conformance.Autobahn.Verdict;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The Autobahn suite against the pipeline that the chat runs on. */
class ConformanceTest {

  @Test
  void framesUtf8AndClosesAreAsTheStandardHasThem() throws Exception {
    List<String> sections = List.of("1.*", "2.*", "3.*", "4.*", "5.*", "6.*", "7.*", "10.*");
    assertConforms("netty", 247, sections);
  }

  @Test
  @Tag("soak")
  void soAreLargeAndManyMessages() throws Exception {
    assertConforms("netty-large", 54, List.of("9.*"));
  }

  private static void assertConforms(String name, int cases, List<String> sections)
      throws Exception {
    ServerOptions echo =
        ServerOptions.defaults()
            .withRules(ConnectionRules.defaults().withProfile(FrameProfile.ECHO));
    try (NettyServer server = NettyServer.start(echo)) {
      List<Verdict> verdicts = Autobahn.run(name, server.url(), sections, List.of());
      assertEquals(List.of(), verdicts.stream().filter(verdict -> !verdict.holds()).toList());
      assertEquals(cases, verdicts.size());
    }
  }
}
