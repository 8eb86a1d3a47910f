package dev.fanbench.gatling;

import dev.fanbench.gatling.experiment.Progress;
import dev.fanbench.gatling.fleet.Client;
import dev.fanbench.gatling.fleet.ClientSlot;
import dev.fanbench.gatling.fleet.ConnectFailure;
import dev.fanbench.gatling.fleet.ConnectListener;
import dev.fanbench.gatling.fleet.Fleet;
import dev.fanbench.gatling.fleet.FleetOptions;
import dev.fanbench.gatling.fleet.StampMeaning;
import dev.fanbench.gatling.options.BadOption;
import dev.fanbench.gatling.options.Option;
import dev.fanbench.gatling.options.OptionCatalog;
import dev.fanbench.gatling.options.Options;
import dev.fanbench.gatling.options.ServerDescriptor;
import dev.fanbench.gatling.options.TargetChoice;
import dev.fanbench.gatling.target.ConnectSigner;
import dev.fanbench.measurement.clock.SystemNanoClock;
import dev.fanbench.measurement.host.OpenFileCount;
import dev.fanbench.measurement.host.PortRange;
import dev.fanbench.measurement.host.ProcessSet;
import dev.fanbench.measurement.host.UsageMeter;
import dev.fanbench.measurement.run.FileError;
import dev.fanbench.measurement.workload.Phase;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;

/** Everything that can be known to be wrong before any load is sent. */
final class Preflight {
  private static final Duration PROBE_TIMEOUT = Duration.ofSeconds(5);

  private static final URI LOOPBACK = URI.create("ws://127.0.0.1");

  private Preflight() {}

  /**
   * Checks that results can be written, that connections and arrivals fit, and that remote targets
   * answer and are not asked for too much; prints the plan of the latter.
   *
   * @throws BadOption with a sentence for the user
   */
  static void check(Options options, Progress progress) {
    writable(OptionCatalog.OUT, options);
    writable(OptionCatalog.SITE, options);
    PlannedLoad plan = PlannedLoad.of(options.workload(), options.dialect());
    PlannedLoad whole = PlannedLoad.of(options.offered().whole(), options.dialect());
    openFiles(plan);
    ports(plan, options);
    memory(options);
    if (!options.leftOut().isEmpty()) {
      progress.say(
          "Left out, because a target's dialect has no rooms, no requests, or one room for each client: "
              + String.join(", ", options.leftOut()));
    }
    leftOut(options).forEach(sentence -> progress.say("Left out: " + sentence));
    options.metered().ifPresent(Preflight::requireReadable);
    for (TargetChoice choice : options.targets()) {
      if (!choice.missing().isEmpty()) {
        throw new BadOption("Target " + String.join(" ", choice.missing()));
      }
      if (choice instanceof TargetChoice.Remote remote) {
        progress.say(RemotePlan.describe(remote, whole, options));
        remote.urls().forEach(url -> probe(url, options));
      }
    }
  }

  /** A sentence for each thing that servers need which were meant and are not measured. */
  private static List<String> leftOut(Options options) {
    List<String> words = options.get(OptionCatalog.TARGET);
    List<String> known = ServerDescriptor.names(options.home());
    Set<String> measured =
        options.targets().stream().map(TargetChoice::label).collect(Collectors.toSet());
    return (words.contains(TargetChoice.INSTALLED) ? known : words)
        .stream()
            .filter(word -> known.contains(word) && !measured.contains(word))
            .flatMap(name -> ServerDescriptor.read(options.home(), name).missing().stream())
            .toList();
  }

  private static void writable(Option<String> option, Options options) {
    Path directory = options.directory(option);
    try {
      Files.createDirectories(directory);
      Files.delete(Files.createTempFile(directory, "fanbench", ".probe"));
    } catch (IOException e) {
      throw BadOption.of(option.key(), directory, option.allowed());
    }
  }

  /** The CPU time of a target by URL can be read, where its processes are named. */
  static void requireReadable(ProcessSet processes) {
    try {
      UsageMeter.of(processes, SystemNanoClock.INSTANCE).begin();
    } catch (IOException unreadable) {
      throw new BadOption(
          "The CPU time of %s cannot be read: %s. Is it running, and yours?"
              .formatted(processes.words(), FileError.words(unreadable)));
    }
  }

  private static void openFiles(PlannedLoad plan) {
    try {
      OpenFileCount.require(plan.openAtOnce());
    } catch (IllegalArgumentException e) {
      throw new BadOption(e.getMessage());
    }
  }

  /** Targets that fanbench starts are at 127.0.0.1. */
  private static void ports(PlannedLoad plan, Options options) {
    for (TargetChoice choice : options.targets()) {
      List<URI> urls =
          choice instanceof TargetChoice.Remote remote ? remote.urls() : List.of(LOOPBACK);
      urls.forEach(url -> requireWay(options, url, choice.label()));
      URI url = urls.get(0);
      try {
        PortRange.ofThisMachine().require(plan.openAtOnce(), options.sources().countTo(url));
      } catch (IllegalArgumentException e) {
        throw new BadOption(e.getMessage());
      }
    }
  }

  private static void requireWay(Options options, URI url, String label) {
    options
        .sources()
        .withoutWayTo(url)
        .ifPresent(
            source -> {
              throw new BadOption(
                  "sources has %s, from which there is no way to %s."
                      .formatted(source.getHostAddress(), label));
            });
  }

  private static void memory(Options options) {
    long arrivals = options.workload().phases().stream().mapToLong(Phase::count).sum();
    ArrivalMemory.require(arrivals * options.targets().size(), Runtime.getRuntime().maxMemory());
  }

  private static void probe(URI url, Options options) {
    FleetOptions fleetOptions =
        FleetOptions.of(url, SystemNanoClock.INSTANCE)
            .withLoops(1)
            .withDialect(options.dialect())
            .withHeaders(options.headers())
            .withIdentities(options.identities())
            .withSources(options.sources())
            .withCredential(ConnectSigner.of(options, url))
            .withTrust(options.trust())
            .withTimeouts(PROBE_TIMEOUT, PROBE_TIMEOUT);
    try (Fleet fleet = Fleet.open(fleetOptions)) {
      CompletableFuture<Optional<ConnectFailure>> answer = new CompletableFuture<>();
      fleet.onError(answer::completeExceptionally);
      fleet.connect(
          0,
          new ClientSlot(new StampMeaning.Publisher(), "fanbench"),
          new ConnectListener() {
            @Override
            public void connected(Client client, long nowNanos) {
              answer.complete(Optional.empty());
            }

            @Override
            public void failed(ConnectFailure failure, long nowNanos) {
              answer.complete(Optional.of(failure));
            }
          });
      answer
          .join()
          .ifPresent(
              failure -> {
                throw new BadOption(
                    "target=" + url + " cannot be measured: " + failure.sentence() + ".");
              });
    }
  }
}
