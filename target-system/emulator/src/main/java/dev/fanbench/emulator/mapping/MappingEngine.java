package dev.fanbench.emulator.mapping;

import dev.fanbench.emulator.template.BodyMapping;
import java.io.StringReader;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.velocity.Template;
import org.apache.velocity.exception.VelocityException;
import org.apache.velocity.runtime.RuntimeConstants;
import org.apache.velocity.runtime.RuntimeInstance;
import org.apache.velocity.runtime.parser.ParseException;

/** Velocity, with everything shut that reaches beyond a template. Thread-safe. */
public final class MappingEngine {
  /** Directives that load or run other templates, or leave something behind for later ones. */
  private static final List<String> SHUT =
      List.of("include", "parse", "evaluate", "macro", "define");

  private static final Pattern SHUT_DIRECTIVE =
      Pattern.compile("#\\{?(" + String.join("|", SHUT) + ")}?\\s*\\(");

  private static final int MAX_LOOPS = 1_000;

  private final Map<String, String> stageVariables;

  /** Made for the first template: an API without any starts sooner. */
  private RuntimeInstance velocity;

  /**
   * @param stageVariables the values of {@code $stageVariables}
   */
  public MappingEngine(Map<String, String> stageVariables) {
    this.stageVariables = Map.copyOf(stageVariables);
  }

  /**
   * Prepares a mapping. A template that is broken fails when it is used, as on AWS.
   *
   * @param where names it in messages
   */
  public PayloadMapping prepare(BodyMapping mapping, String where) {
    return new PayloadMapping(mapping, where, this);
  }

  /** Prepares the headers and query parameters of an integration's requests. */
  public ParameterMapping parameters(Map<String, String> parameters) {
    return new ParameterMapping(parameters, stageVariables);
  }

  MappingTemplate compile(String text, String where) {
    Matcher shut = SHUT_DIRECTIVE.matcher(text);
    if (shut.find()) {
      String directive = shut.group(1);
      return (request, input) -> {
        throw new MappingException(
            "%s has #%s; the emulator has #set, #if, #elseif, #else, #foreach, #break and #stop"
                .formatted(where, directive));
      };
    }
    Template template = new Template();
    template.setName(where);
    template.setRuntimeServices(velocity());
    try {
      template.setData(velocity().parse(new StringReader(text), template));
      template.initDocument();
    } catch (ParseException | VelocityException broken) {
      return (request, input) -> {
        throw new MappingException(where + " is no template: " + broken.getMessage(), broken);
      };
    }
    return new VelocityTemplate(template, stageVariables);
  }

  private synchronized RuntimeInstance velocity() {
    if (velocity == null) {
      velocity = new RuntimeInstance();
      velocity.setProperty(RuntimeConstants.UBERSPECT_CLASSNAME, ClosedUberspect.class.getName());
      velocity.setProperty(RuntimeConstants.MAX_NUMBER_LOOPS, MAX_LOOPS);
      velocity.setProperty(RuntimeConstants.VM_LIBRARY, "");
      velocity.setProperty(RuntimeConstants.RESOURCE_LOADERS, "class");
      velocity.init();
      SHUT.forEach(velocity::removeDirective);
    }
    return velocity;
  }
}
