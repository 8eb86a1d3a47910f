package dev.fanbench.emulator.mapping;

import java.io.StringWriter;
import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import org.apache.velocity.Template;
import org.apache.velocity.VelocityContext;
import org.apache.velocity.app.event.EventCartridge;
import org.apache.velocity.app.event.ReferenceInsertionEventHandler;
import org.apache.velocity.exception.VelocityException;

/** A template that Velocity has parsed. A reference to an absent value is empty, as on AWS. */
record VelocityTemplate(Template template, Map<String, String> stageVariables)
    implements MappingTemplate {
  private static final ReferenceInsertionEventHandler EMPTY_IF_MISSING =
      (context, reference, value) -> value == null ? "" : value;

  @Override
  public String render(RouteRequest request, String payload) {
    Map<String, Object> variables = new HashMap<>();
    variables.put("context", Collections.unmodifiableMap(request.context()));
    variables.put("input", new InputVariable(payload, request));
    variables.put("stageVariables", stageVariables);
    variables.put("util", UtilVariable.UTIL);
    VelocityContext velocityContext = new VelocityContext(variables);
    EventCartridge events = new EventCartridge();
    events.addReferenceInsertionEventHandler(EMPTY_IF_MISSING);
    events.attachToContext(velocityContext);
    StringWriter out = new StringWriter();
    try {
      template.merge(velocityContext, out);
    } catch (MappingException | VelocityException failed) {
      throw new MappingException(template.getName() + ": " + failed.getMessage(), failed);
    }
    return out.toString();
  }
}
