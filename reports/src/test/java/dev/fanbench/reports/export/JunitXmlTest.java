package dev.fanbench.reports.export;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.fanbench.measurement.run.Validity.Verdict;
import dev.fanbench.reports.Runs;
import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Path;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.xml.sax.InputSource;
import org.xml.sax.SAXException;

class JunitXmlTest {

  @TempDir private Path directory;

  @Test
  void missedGatesAndUnusableRunsFailAndQuestionsDoNot()
      throws IOException, ParserConfigurationException, SAXException {
    Document document =
        document(
            new Runs(directory)
                .inMemory("netty")
                .unusable("late", Verdict.INVALID, "achieved \"90 %\" < offered"));
    Element netty = (Element) document.getElementsByTagName("testsuite").item(0);
    Element late = (Element) document.getElementsByTagName("testsuite").item(1);
    assertEquals("4", netty.getAttribute("tests"));
    assertEquals("1", netty.getAttribute("failures"));
    assertEquals("missing==0: 3", failure(netty, 0));
    assertEquals("2", late.getAttribute("failures"));
    assertEquals("INVALID: achieved \"90 %\" < offered", failure(late, 0));
    assertEquals("1", netty.getAttribute("skipped"));
    Element question = (Element) netty.getElementsByTagName("skipped").item(0);
    assertEquals("a question, no gate: p99.chat<10ms: 12 ms", question.getAttribute("message"));
    double whole = Double.parseDouble(netty.getAttribute("time"));
    double chat = Double.parseDouble(((Element) question.getParentNode()).getAttribute("time"));
    assertTrue(2 <= chat && chat < whole, chat + " s of " + whole);
  }

  /** The exit code does not count it either. Its missed threshold fails, as that of any target. */
  @Test
  void aFloorThatIsInvalidIsSkippedAndOneThatFailedIsNot()
      throws IOException, ParserConfigurationException, SAXException {
    Element invalid = floor(Verdict.INVALID, "achieved too little");
    assertEquals("1", invalid.getAttribute("failures"));
    assertEquals("missing==0: 3", failure(invalid, 0));
    assertEquals("2", invalid.getAttribute("skipped"));
    Element skipped = (Element) invalid.getElementsByTagName("skipped").item(0);
    assertEquals("a floor, no gate: INVALID: achieved too little", skipped.getAttribute("message"));
    Element failed = floor(Verdict.FAILED, "the target died");
    assertEquals("2", failed.getAttribute("failures"));
    assertEquals("FAILED: the target died", failure(failed, 0));
  }

  private Element floor(Verdict verdict, String reason)
      throws IOException, ParserConfigurationException, SAXException {
    Path own = directory.resolve(verdict.name());
    Document document = document(new Runs(own).inMemory("netty").unusableFloor(verdict, reason));
    return (Element) document.getElementsByTagName("testsuite").item(1);
  }

  private static Document document(Runs runs)
      throws IOException, ParserConfigurationException, SAXException {
    return DocumentBuilderFactory.newInstance()
        .newDocumentBuilder()
        .parse(new InputSource(new StringReader(JunitXml.of(runs.compared()))));
  }

  private static String failure(Element suite, int index) {
    return ((Element) suite.getElementsByTagName("failure").item(index)).getAttribute("message");
  }
}
