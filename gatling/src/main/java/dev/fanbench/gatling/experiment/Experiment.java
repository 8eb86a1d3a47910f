package dev.fanbench.gatling.experiment;

import dev.fanbench.gatling.options.BadOption;
import dev.fanbench.gatling.options.OptionCatalog;
import dev.fanbench.gatling.options.Options;
import dev.fanbench.gatling.options.TargetChoice;
import dev.fanbench.gatling.phase.PhaseRun;
import dev.fanbench.gatling.target.Pinning;
import dev.fanbench.gatling.target.TargetFailure;
import dev.fanbench.measurement.clock.SystemNanoClock;
import dev.fanbench.measurement.record.ArrivalListener;
import dev.fanbench.measurement.run.FileError;
import dev.fanbench.measurement.workload.Phase;
import dev.fanbench.measurement.workload.Workload;
import dev.fanbench.target.TargetKind;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * All targets, up at the same time. They take turns within each phase, block by block, so that a
 * noisy minute of the machine hits all of them. Arrivals of the two of a duet {@linkplain
 * Alternation alternate} where deliveries are fast enough for that.
 *
 * <p>{@link #run} belongs to one thread; {@link #end} and {@link #close} may be called by any.
 */
public final class Experiment {
  /** Each target has a process with a heap of a gigabyte or so, and thousands of sockets. */
  public static final int MOST_TOGETHER = 4;

  /** From the end of a phase's last block to the end of its connections. */
  private static final long LISTENING_MILLIS = 500;

  private final List<List<TargetRun>> groups = new ArrayList<>();
  private final Workload workload;
  private final Progress progress;
  private final EarlyEnd end;
  private final PeerGroup peers;
  private final Alternation alternation;

  /** Lets the load warm up while the first targets start; null when there is nothing to do. */
  private Callable<Optional<TargetFailure>> loadWarmUp;

  /**
   * @param duet whether arrivals of two targets may alternate
   */
  private Experiment(Options options, Progress progress, boolean duet) {
    this.workload = options.workload();
    this.progress = progress;
    this.end = new EarlyEnd();
    this.peers = PeerGroup.of(options, progress, end);
    this.alternation = new Alternation(duet, workload.arrivals());
  }

  /** A target to measure, with the options of its side. */
  private record Planned(TargetChoice target, Options options) {
    boolean isFloor() {
      return target instanceof TargetChoice.Started started
          && started.server().kind() == TargetKind.FLOOR;
    }
  }

  /**
   * The experiment that the options describe: the floor first, then each target. Where the targets
   * do not fit at once, each group of them has a floor of its own.
   *
   * @param sides the options of each side of a duet, or else one for all targets
   * @param together how many targets may be up at the same time
   */
  public static Experiment of(List<Options> sides, Progress progress, int together) {
    Options first = sides.get(0);
    Pinning pinning =
        first.get(OptionCatalog.PIN).equals("auto") ? Pinning.apply() : Pinning.off("pin=off");
    List<Planned> planned =
        sides.stream()
            .flatMap(side -> side.targets().stream().map(target -> new Planned(target, side)))
            .toList();
    if (planned.size() > together) {
      progress.say(
          "%d targets do not fit on this machine at once: %d at most are up together, and only those take turns."
              .formatted(planned.size(), together));
    }
    Experiment experiment = new Experiment(first, progress, sides.size() == 2);
    List<List<Planned>> groups = groups(planned, Planned::isFloor, together);
    groups.forEach(group -> experiment.add(group, pinning));
    progress.alsoMeasures(groups.stream().mapToInt(List::size).sum() - planned.size(), first);
    experiment.loadWarmUp = () -> experiment.warmLoadUp(first, pinning);
    return experiment;
  }

  /** The experiment with one target. */
  static Experiment of(TargetChoice target, Options options, Pinning pinning, Progress progress) {
    Experiment experiment = new Experiment(options, progress, false);
    experiment.add(List.of(new Planned(target, options)), pinning);
    return experiment;
  }

  private void add(List<Planned> group, Pinning pinning) {
    groups.add(
        group.stream()
            .map(each -> new TargetRun(each.target, each.options, pinning, progress, end, peers))
            .toList());
  }

  /** Runs it. An exception or error becomes the reason of an {@linkplain #end early end}. */
  public void run(UserPool users) {
    try {
      String tag = peers.meet();
      for (List<TargetRun> together : groups) {
        measure(together, tag, users);
      }
    } catch (TargetFailure e) {
      end.because(e.getMessage());
    } catch (IOException e) {
      end.because("The run could not be written: " + FileError.words(e) + ".");
    } catch (RuntimeException | Error e) {
      end.failed(e);
    } catch (InterruptedException e) {
      end.because("The run was interrupted.");
      Thread.currentThread().interrupt();
    }
  }

  private void measure(List<TargetRun> together, String tag, UserPool users)
      throws TargetFailure, IOException, InterruptedException {
    String name = tag + "g" + groups.indexOf(together);
    launch(together);
    for (TargetRun target : together) {
      target.open(name, name + "t" + together.indexOf(target));
    }
    for (Phase phase : workload.phases()) {
      measure(phase, together, users);
    }
    for (TargetRun target : together) {
      target.finish();
    }
  }

  /** Starts all of them at the same time, and waits for each, so that none is left behind. */
  private void launch(List<TargetRun> together) throws TargetFailure, InterruptedException {
    List<Callable<Optional<TargetFailure>>> tasks =
        new ArrayList<>(together.stream().map(this::launching).toList());
    if (loadWarmUp != null) {
      tasks.add(loadWarmUp);
      loadWarmUp = null;
    }
    ExecutorService threads = Executors.newFixedThreadPool(tasks.size());
    try {
      List<Future<Optional<TargetFailure>>> starts = threads.invokeAll(tasks);
      for (Future<Optional<TargetFailure>> start : starts) {
        Optional<TargetFailure> failure = start.get();
        if (failure.isPresent()) {
          throw failure.get();
        }
      }
    } catch (ExecutionException e) {
      throw new IllegalStateException(e.getCause());
    } finally {
      threads.shutdownNow();
    }
  }

  /** A cold load measures worse at low rates, which is no reason not to measure. */
  private Optional<TargetFailure> warmLoadUp(Options options, Pinning pinning)
      throws InterruptedException {
    if (!Files.isDirectory(options.home().resolve("servers/floor"))) {
      progress.say("The load was not warmed up: its floor is not in " + options.home() + ".");
      return Optional.empty();
    }
    try {
      LoadWarmUp.run(options, pinning, end, Path.of(System.getProperty("java.io.tmpdir")));
    } catch (TargetFailure | IOException | UncheckedIOException | BadOption cold) {
      if (end.reason().isEmpty()) {
        progress.say("The load was not warmed up: " + cold.getMessage());
      }
    }
    return Optional.empty();
  }

  private Callable<Optional<TargetFailure>> launching(TargetRun target) {
    return () -> {
      try {
        target.launch();
        return Optional.empty();
      } catch (TargetFailure failure) {
        end.because(target.label(), failure.getMessage());
        return Optional.of(failure);
      }
    };
  }

  private void measure(Phase phase, List<TargetRun> together, UserPool users)
      throws TargetFailure, IOException, InterruptedException {
    progress.begins(phase, together.stream().map(TargetRun::label).toList(), alternation.in(phase));
    List<JoinedPhase> joined = new ArrayList<>();
    for (TargetRun target : together) {
      blaming(
          target.label(),
          () -> joined.add(target.join(phase, listener(target.label(), phase, users))));
    }
    peers.awaitJoined(phase);
    for (JoinedPhase target : joined) {
      blaming(target.label(), target::begin);
    }
    for (int block = 0; block < phase.blocks(); block++) {
      int number = block;
      List<JoinedPhase> order = inTurn(joined, block);
      if (alternation.in(phase)) {
        offerTogether(order, number, users);
        continue;
      }
      for (JoinedPhase target : order) {
        blaming(target.label(), () -> target.offer(number, users));
      }
    }
    if (!phase.warmUp()) {
      listenOn();
    }
    for (JoinedPhase target : joined) {
      target.leave();
    }
  }

  private ArrivalListener listener(String label, Phase phase, UserPool users) {
    return alternation.watching(label, phase, users.listener(label, phase));
  }

  /** The targets have the block at the same time, and their arrivals alternate. */
  private void offerTogether(List<JoinedPhase> targets, int block, UserPool users)
      throws TargetFailure, IOException, InterruptedException {
    long startNanos = SystemNanoClock.INSTANCE.nanoTime() + PhaseRun.LEAD_NANOS;
    List<Callable<Void>> offers = new ArrayList<>();
    for (JoinedPhase target : targets) {
      long firstNanos = startNanos + offers.size() * Alternation.halfGapNanos(target.phase());
      offers.add(
          () -> {
            blaming(target.label(), () -> target.offerAlternately(firstNanos, block, users));
            return null;
          });
    }
    ExecutorService threads = Executors.newFixedThreadPool(offers.size());
    try {
      for (Future<Void> offer : threads.invokeAll(offers)) {
        offer.get();
      }
    } catch (ExecutionException e) {
      throw asFailure(e.getCause());
    } finally {
      threads.shutdownNow();
    }
  }

  /** The failure of a step, or an exception for one that no step should have. */
  private static TargetFailure asFailure(Throwable failure) throws IOException {
    if (failure instanceof TargetFailure ofTarget) {
      return ofTarget;
    }
    if (failure instanceof IOException unwritten) {
      throw unwritten;
    }
    if (failure instanceof RuntimeException unexpected) {
      throw unexpected;
    }
    throw new IllegalStateException(failure);
  }

  /** One step of the experiment with one target. */
  private interface Step {
    void take() throws TargetFailure, IOException, InterruptedException;
  }

  /** Takes a step whose failure is that of one target, and of no other. */
  private void blaming(String label, Step step)
      throws TargetFailure, IOException, InterruptedException {
    try {
      step.take();
    } catch (TargetFailure failure) {
      end.because(label, failure.getMessage());
      throw failure;
    }
  }

  /** Every delivery has been seen or given up by now; a copy may still come. */
  private void listenOn() throws TargetFailure {
    CompletableFuture<Void> listened = new CompletableFuture<>();
    var unused = listened.completeOnTimeout(null, LISTENING_MILLIS, TimeUnit.MILLISECONDS);
    CompletableFuture.anyOf(listened, end.future()).join();
    end.check();
  }

  /**
   * More targets than fit on a machine at once are measured one group after the other.
   *
   * @param reference true for a target that each group has, if it fits beside another one
   */
  static <T> List<List<T>> groups(List<T> targets, Predicate<T> reference, int most) {
    List<T> references = targets.stream().filter(reference).toList();
    if (targets.size() <= most || references.size() >= most) {
      return even(targets, most);
    }
    List<T> others = targets.stream().filter(reference.negate()).toList();
    return even(others, most - references.size()).stream()
        .map(group -> Stream.concat(references.stream(), group.stream()).toList())
        .toList();
  }

  private static <T> List<List<T>> even(List<T> targets, int most) {
    int groups = (targets.size() + most - 1) / most;
    List<List<T>> all = new ArrayList<>();
    for (int group = 0; group < groups; group++) {
      int from = group * targets.size() / groups;
      all.add(targets.subList(from, (group + 1) * targets.size() / groups));
    }
    return all;
  }

  /** A B C in one block and C B A in the next, so that no target is always the first. */
  static <T> List<T> inTurn(List<T> targets, int block) {
    List<T> order = new ArrayList<>(targets);
    if (block % 2 == 1) {
      Collections.reverse(order);
    }
    return order;
  }

  /** The early end of this experiment. */
  public EarlyEnd end() {
    return end;
  }

  /** Runs that left a directory behind, in order. */
  public List<TargetRun> runs() {
    return groups.stream()
        .flatMap(List::stream)
        .filter(run -> run.directory().isPresent())
        .toList();
  }

  /** Brings the runs of all load processes together, when this one has been closed. */
  public Gathering gather() {
    List<TargetRun> opened = runs();
    return peers.gather(
        opened.stream().flatMap(run -> run.directory().stream()).toList(),
        opened.stream().flatMap(run -> run.result().stream()).toList());
  }

  /** Tells the other load processes the end, at the one that has gathered the runs. */
  public void tell(int exitCode, String sentence) {
    peers.tell(exitCode, sentence);
  }

  /** Ends what still runs: writes what there is and leaves no process behind. */
  public void close() {
    groups.forEach(
        group ->
            group.forEach(
                run -> run.close(end.reasonFor(run.label()).orElse("the run was cut short"))));
  }
}
