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
    String xml =
        JunitXml.of(
            new Runs(directory)
                .inMemory("netty")
                .unusable("late", Verdict.INVALID, "achieved \"90 %\" < offered")
                .compared());
    Document document =
        DocumentBuilderFactory.newInstance()
            .newDocumentBuilder()
            .parse(new InputSource(new StringReader(xml)));
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

  private static String failure(Element suite, int index) {
    return ((Element) suite.getElementsByTagName("failure").item(index)).getAttribute("message");
  }
}
