package dev.fanbench.cli;

import dev.fanbench.gatling.command.RunCommand;
import dev.fanbench.gatling.options.BadOption;
import dev.fanbench.gatling.options.ModuleClassPath;
import dev.fanbench.gatling.options.ServerDescriptor;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code serve NAME}: runs a server of the folder {@code servers} until Ctrl-C. */
@Command(
    name = "serve",
    mixinStandardHelpOptions = true,
    description = {
      "Runs a server of the folder servers until Ctrl-C.",
      "serve NAME --help lists the server's own options.",
      "serve --template FILE runs the functions of a template of yours, with TLS."
    },
    exitCodeListHeading = "Exit codes:%n",
    exitCodeList = {"0:stopped in order", "1:it cannot start", "2:bad option"})
final class ServeCommand implements Callable<Integer> {
  private static final long STOP_SECONDS = 10;
  private static final long OWN_SIGNAL_MILLIS = 200;
  private static final String SERVERLESS = "serverless";
  private static final String TEMPLATE = "--template";

  @Spec private CommandSpec spec;

  @Option(
      names = TEMPLATE,
      paramLabel = "FILE",
      description =
          "A template of AWS SAM or CloudFormation. It stands for serverless --tls on --template FILE.")
  private Path template;

  @Parameters(
      index = "0",
      arity = "0..1",
      paramLabel = "NAME",
      completionCandidates = ServerNames.class,
      description = "One of ${COMPLETION-CANDIDATES}.")
  private String name;

  @Parameters(
      index = "1..*",
      arity = "0..*",
      paramLabel = "OPTION",
      description = "Options of the server, such as --port 9001 or --auth jwt.")
  private List<String> options = List.of();

  /** The names of all servers, for help and completion. */
  static final class ServerNames extends ArrayList<String> {
    private static final long serialVersionUID = 1L;

    ServerNames() {
      super(ServerDescriptor.names(RunCommand.home()));
    }
  }

  ServeCommand() {}

  @Override
  public Integer call() throws IOException, InterruptedException {
    boolean behindOptions = name != null && name.startsWith("-") && options.contains(TEMPLATE);
    if (template != null || behindOptions) {
      serveTemplate();
    }
    List<String> names = new ServerNames();
    if (!names.contains(name)) {
      throw new ParameterException(
          spec.commandLine(),
          name == null
              ? "serve needs a server; it takes " + String.join(", ", names)
              : "serve %s is not allowed; serve takes %s"
                  .formatted(name, String.join(", ", names)));
    }
    try {
      ServerDescriptor server = ServerDescriptor.read(RunCommand.home(), name);
      if (!server.missing().isEmpty()) {
        spec.commandLine().getErr().println(String.join(System.lineSeparator(), server.missing()));
        return 1;
      }
      return server.java().isPresent() ? runMain(server) : runCommand(server);
    } catch (BadOption bad) {
      throw new ParameterException(spec.commandLine(), bad.getMessage(), bad);
    }
  }

  /** Turns {@code --template FILE OPTION...} into the server and the options that it stands for. */
  private void serveTemplate() {
    List<String> words = new ArrayList<>();
    if (template != null) {
      words.addAll(List.of(TEMPLATE, template.toString()));
    }
    if (name != null) {
      // A first word that is no option is the name of a server.
      if (!name.startsWith("-")) {
        throw new ParameterException(
            spec.commandLine(),
            "serve --template %s %s is not allowed; serve takes --template or NAME"
                .formatted(template, name));
      }
      words.add(name);
    }
    words.addAll(options);
    name = SERVERLESS;
    options = withTls(words);
  }

  /** Adds TLS to the options of a server, unless they choose it. */
  static List<String> withTls(List<String> words) {
    List<String> all = new ArrayList<>(words);
    if (words.stream().noneMatch(word -> word.matches("--tls(=.*)?"))) {
      all.addAll(0, List.of("--tls", "on"));
    }
    return all;
  }

  /** Runs a main class of this project in this process, by the class path of its own module. */
  private int runMain(ServerDescriptor server) throws IOException {
    List<String> arguments = new ArrayList<>(server.fixedArguments());
    arguments.addAll(options);
    boolean other = options.stream().anyMatch(word -> word.matches("--port(=.*)?|--help|-h|-V"));
    if (!other) {
      arguments.addAll(0, List.of("--port", String.valueOf(server.servePort())));
    }
    ClassLoader loader = loader(server);
    Thread.currentThread().setContextClassLoader(loader);
    try {
      loader
          .loadClass(server.java().orElseThrow().main())
          .getMethod("main", String[].class)
          .invoke(null, (Object) arguments.toArray(String[]::new));
      return 0; // main exits by itself
    } catch (InvocationTargetException failed) {
      throw new IllegalStateException(failed.getCause());
    } catch (ReflectiveOperationException missing) {
      throw new IOException("server " + name + " has no main class: " + missing, missing);
    }
  }

  private static ClassLoader loader(ServerDescriptor server) throws IOException {
    List<URL> path = new ArrayList<>();
    String module = server.java().orElseThrow().module();
    for (Path entry : ModuleClassPath.of(RunCommand.home(), module).entries()) {
      path.add(entry.toUri().toURL());
    }
    return new URLClassLoader(path.toArray(URL[]::new), ClassLoader.getPlatformClassLoader());
  }

  /** Runs any other command as a child, which Ctrl-C at the terminal reaches too. */
  private int runCommand(ServerDescriptor server) throws IOException, InterruptedException {
    if (!options.isEmpty()) {
      throw new ParameterException(
          spec.commandLine(), name + " takes no options; server.conf has its command");
    }
    if (isInUse(server.servePort())) {
      spec.commandLine()
          .getErr()
          .printf(
              "%s cannot listen at 127.0.0.1:%d: the port is in use; end its program, or change"
                  + " servePort in %s%n",
              name, server.servePort(), server.folder().resolve("server.conf"));
      return 1;
    }
    String port = String.valueOf(server.servePort());
    List<String> command =
        server.command().stream().map(word -> word.replace("{port}", port)).toList();
    Process process =
        new ProcessBuilder(command).directory(server.folder().toFile()).inheritIO().start();
    Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(process), "serve-stop"));
    spec.commandLine()
        .getErr()
        .printf("  %-20s ws://127.0.0.1:%s%s%n", "clients", port, server.path());
    return process.waitFor();
  }

  /** Whether a program listens at a port of the loopback address. */
  static boolean isInUse(int port) {
    try (ServerSocket free = new ServerSocket()) {
      free.setReuseAddress(true);
      free.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
      return false;
    } catch (IOException taken) {
      return true;
    }
  }

  private static void stop(Process process) {
    try {
      if (!process.waitFor(OWN_SIGNAL_MILLIS, TimeUnit.MILLISECONDS)) {
        process.destroy();
        if (!process.waitFor(STOP_SECONDS, TimeUnit.SECONDS)) {
          process.destroyForcibly();
        }
      }
    } catch (InterruptedException hurry) {
      process.destroyForcibly();
    }
  }
}
