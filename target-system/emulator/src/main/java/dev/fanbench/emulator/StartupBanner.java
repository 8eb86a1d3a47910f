package dev.fanbench.emulator;

import dev.fanbench.emulator.gateway.CallerCheck;
import dev.fanbench.emulator.quota.Quota;
import dev.fanbench.emulator.quota.QuotaSet;
import dev.fanbench.emulator.template.AuthorizerDefinition;
import dev.fanbench.emulator.template.EmulatorRoute;
import dev.fanbench.emulator.template.FunctionCode;
import dev.fanbench.emulator.template.FunctionDefinition;
import dev.fanbench.emulator.template.Integration;
import dev.fanbench.emulator.template.TableDefinition;
import dev.fanbench.emulator.template.Template;
import dev.fanbench.target.Ready;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Locale;
import java.util.stream.Collectors;

/** The text at start for a user who starts the emulator by hand: its addresses and its settings. */
final class StartupBanner {
  private StartupBanner() {}

  /** Several lines, without the end of the last one. */
  static String to(Emulator emulator, EmulatorOptions options, Ready ready) {
    Template template = emulator.template();
    StringBuilder out = new StringBuilder(1_024);
    row(out, "clients", ready.url());
    row(out, "@connections", ready.connections() + ", " + signed(options.signatures()));
    emulator
        .certificate()
        .ifPresent(
            file ->
                row(
                    out,
                    "TLS",
                    ready.url().toString().replaceFirst("^ws:", "wss:")
                        + ", certificate in "
                        + file));
    row(out, "control", ready.control() + ", GET /counters, POST /fault");
    template.routes().values().stream()
        .sorted(Comparator.comparing(EmulatorRoute::key))
        .forEach(route -> row(out, "route " + route.key(), target(route)));
    row(
        out,
        "authorizer",
        template.authorizer().map(AuthorizerDefinition::function).orElse(whoConnects(template)));
    template.functions().values().stream()
        .sorted(Comparator.comparing(FunctionDefinition::name))
        .forEach(function -> row(out, "function " + function.name(), program(function)));
    template.tables().stream()
        .sorted(Comparator.comparing(TableDefinition::name))
        .forEach(table -> row(out, "table", table.name()));
    row(out, "store", template.usesRedis() ? "Redis" : "DynamoDB Local");
    if (!template.unread().isEmpty()) {
      template.unread().forEach(each -> row(out, "without effect here", each));
    }
    row(
        out,
        "latencies",
        ready.latencies() == null ? "none but the software's own" : ready.latencies());
    row(out, "quotas", quotas(options.quotas()));
    row(out, "threads", options.concurrency() + " functions run at a time at most");
    return out.append(example(emulator, options.signatures())).toString();
  }

  private static void row(StringBuilder out, String name, Object value) {
    out.append(String.format(Locale.ROOT, "  %-20s %s%n", name, value));
  }

  private static String program(FunctionDefinition function) {
    FunctionCode code = function.code();
    String where =
        code.language().hasOwnProcess()
            ? code.runtime() + ", a process for each environment"
            : "java, in the emulator's process";
    return "%s, %s".formatted(function.handler(), where);
  }

  private static String whoConnects(Template template) {
    return template.signedConnects()
        ? "none, but handshakes are signed like calls of @connections"
        : "none, any client connects";
  }

  private static String signed(CallerCheck signatures) {
    return signatures.required()
        ? "signed with the secret '%s', any access key and region".formatted(signatures.secret())
        : "signed or not";
  }

  private static String target(EmulatorRoute route) {
    Integration integration = route.integration();
    String target;
    if (integration instanceof Integration.LambdaProxy proxy) {
      target = proxy.function();
    } else if (integration instanceof Integration.Lambda lambda) {
      target =
          lambda.function() + (lambda.asynchronous() ? ", asynchronous" : "") + ", by templates";
    } else if (integration instanceof Integration.HttpProxy proxy) {
      target = proxy.endpoint().uri().toString();
    } else if (integration instanceof Integration.Http http) {
      target = http.endpoint().uri() + ", by templates";
    } else if (integration instanceof Integration.DynamoDb items) {
      target = "DynamoDB's " + items.action() + ", by templates; without a role";
    } else {
      target = "a mock";
    }
    return target + (route.twoWay() ? ", which answers the sender" : "");
  }

  /** Every quota, those of which the value is not AWS's marked. */
  private static String quotas(QuotaSet quotas) {
    return Arrays.stream(Quota.values())
        .map(
            quota ->
                quota.key()
                    + (quotas.of(quota) == quota.standard() ? " " : " (changed) ")
                    + quotas.of(quota))
        .collect(Collectors.joining(", "));
  }

  private static String example(Emulator emulator, CallerCheck signatures) {
    return """
          To post to a connection, whose id the functions are told:
            AWS_ACCESS_KEY_ID=any AWS_SECRET_ACCESS_KEY=%s aws apigatewaymanagementapi post-to-connection \\
              --region %s --endpoint-url %s --connection-id ID --data hello
          Ctrl-C ends it."""
        .formatted(signatures.secret(), emulator.template().region(), emulator.stageUrl())
        .indent(0);
  }
}
