package dev.fanbench.gatling.command;

import dev.fanbench.gatling.options.Option;
import dev.fanbench.gatling.options.OptionIndex;
import dev.fanbench.gatling.options.WorkloadFile;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.stream.Stream;

/**
 * Lists each word that a run takes, for the Tab key: workloads, and each key with its equals sign.
 */
final class RunWord implements Iterable<String> {
  @Override
  public Iterator<String> iterator() {
    Path home = RunCommand.home();
    return Stream.concat(
            WorkloadFile.names(home).stream(),
            OptionIndex.of(home).offered().stream().map(Option::key).map(key -> key + "="))
        .iterator();
  }
}
