package dev.fanbench.gatling.command;

import dev.fanbench.gatling.ExitCode;
import dev.fanbench.gatling.check.ServerCheck;
import dev.fanbench.gatling.dialect.Dialect;
import dev.fanbench.gatling.dialect.DialectError;
import dev.fanbench.gatling.dialect.DialectFolder;
import dev.fanbench.gatling.fleet.ClientSlot;
import dev.fanbench.gatling.fleet.FleetOptions;
import dev.fanbench.gatling.fleet.IdentityTable;
import dev.fanbench.gatling.options.BadOption;
import dev.fanbench.gatling.options.IdentityOption;
import dev.fanbench.measurement.clock.SystemNanoClock;
import dev.fanbench.target.ShownAddress;
import java.io.PrintWriter;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code check URL --dialect NAME}: says whether a server can be measured, and why not. */
@Command(
    name = "check",
    mixinStandardHelpOptions = true,
    description = {
      "Says whether a server can be measured, and why not.",
      "Connects two clients, joins a room, publishes, and shows every frame."
    },
    sortOptions = false,
    exitCodeListHeading = "Exit codes:%n",
    exitCodeList = {"0:it can be measured", "1:a part did not work", "2:bad option"})
public final class CheckCommand implements Callable<Integer> {
  private static final int CLIENTS = 2;
  private static final int MOST_SECONDS = 3_600;

  @Spec private CommandSpec spec;

  @Parameters(index = "0", paramLabel = "URL", description = "The server: ws:// or wss://.")
  private URI url;

  @Option(
      names = "--dialect",
      paramLabel = "NAME|FILE",
      description = "A file of gatling/dialects without .conf, or any file that ends with .conf.")
  private String dialect = "fanbench";

  @Option(names = "--room", paramLabel = "ROOM", description = "The room (default: fanbench).")
  private String room = "fanbench";

  @Option(
      names = "--header",
      paramLabel = "NAME=VALUE",
      description = "A header of the handshake; may be given several times.")
  private Map<String, String> headers = new TreeMap<>();

  @Option(
      names = "--token",
      paramLabel = "TOKEN",
      description = "The header Authorization and $${token} in the dialect, as token= of run.")
  private String token = "";

  @Option(
      names = "--users",
      paramLabel = "FILE",
      description = {
        "A CSV file with the columns user, token, query and header.NAME, as users= of run.",
        "The two clients take its first two rows."
      })
  private String users = "";

  @Option(
      names = "--listen",
      paramLabel = "SECONDS",
      description = "The time to wait for keep-alives at the end (default: ${DEFAULT-VALUE}).")
  private int listenSeconds = 5;

  /** Relative paths of files begin in the directory of the caller. */
  private final Path directory = Path.of("").toAbsolutePath();

  @Override
  public Integer call() throws InterruptedException {
    PrintWriter out = spec.commandLine().getOut();
    boolean works =
        new ServerCheck(
                options(),
                room,
                Duration.ofSeconds(listenSeconds),
                line -> {
                  out.println(line);
                  out.flush();
                })
            .run();
    out.println(
        works
            ? "Measure it: " + String.join(" ", runCommand())
            : "It cannot be measured so. The lines above say why.");
    out.flush();
    return works ? ExitCode.OK.code() : ExitCode.ERROR.code();
  }

  /** The command with what was given here, in words that a shell takes as they are. */
  private List<String> runCommand() {
    List<String> words = new ArrayList<>(List.of("./fanbench", "run", "--simulation", "fanout"));
    words.add(quoted("target=" + url));
    boolean shipped = new DialectFolder(RunCommand.home()).names().contains(dialect);
    words.add(quoted("dialect=" + (shipped ? dialect : directory.resolve(dialect))));
    headers.forEach((name, value) -> words.add(quoted("header." + name + "=" + value)));
    if (!token.isEmpty()) {
      words.add("token=…");
    }
    if (!users.isEmpty()) {
      words.add(quoted("users=" + directory.resolve(users)));
    }
    return words;
  }

  private static String quoted(String word) {
    return word.matches("[\\w@%+=:,./-]+") ? word : "'" + word.replace("'", "'\\''") + "'";
  }

  private IdentityTable identities() {
    return users.isEmpty()
        ? IdentityTable.numbered(token)
        : IdentityOption.ofFile(directory.resolve(users), token, headers.keySet(), CLIENTS);
  }

  private FleetOptions options() {
    if (listenSeconds < 0 || listenSeconds > MOST_SECONDS) {
      throw new ParameterException(
          spec.commandLine(),
          "--listen=%d is not allowed; --listen takes a whole number from 0 to %d"
              .formatted(listenSeconds, MOST_SECONDS));
    }
    if (url.getHost() == null
        || url.getRawUserInfo() != null
        || !List.of("ws", "wss").contains(url.getScheme())) {
      throw new ParameterException(
          spec.commandLine(),
          "URL=%s is not allowed; URL takes ws://host:port/path or wss://host:port/path, without a user; --token has credentials"
              .formatted(ShownAddress.of(url.toString())));
    }
    try {
      ClientSlot.requireRoom(room);
      Dialect read = new DialectFolder(RunCommand.home()).read(dialect, directory);
      Map<String, String> sent = new TreeMap<>(headers);
      if (!token.isEmpty()) {
        sent.put("Authorization", token);
      }
      return FleetOptions.of(url, SystemNanoClock.INSTANCE)
          .withDialect(read)
          .withHeaders(sent)
          .withIdentities(identities());
    } catch (BadOption | DialectError | IllegalArgumentException wrong) {
      throw new ParameterException(spec.commandLine(), wrong.getMessage());
    }
  }
}
