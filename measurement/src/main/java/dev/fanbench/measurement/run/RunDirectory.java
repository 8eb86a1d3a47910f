package dev.fanbench.measurement.run;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;

/**
 * Names the files of a run and reads and writes {@code run.json}.
 *
 * @param path the directory
 */
public record RunDirectory(Path path) {

  private static final JsonMapper JSON =
      JsonMapper.builder()
          .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .enable(SerializationFeature.INDENT_OUTPUT)
          .build();

  private static final String RUN = "run.json";

  /** The run's records; its presence says that the directory is whole. */
  public Path runJson() {
    return path.resolve(RUN);
  }

  /** The interval log. */
  public Path latencyLog() {
    return path.resolve("latency.hlog");
  }

  /** One row per arrival. */
  public Path publications() {
    return path.resolve("publications.csv");
  }

  /** The columns of {@link #publications()}; older runs have none. */
  public Path publicationsSchema() {
    return path.resolve("publications.csv-metadata.json");
  }

  /** The run's turn; only runs of {@code ab} have one. */
  private Path turnJson() {
    return path.resolve(Turn.FILE);
  }

  /** The run's place in a series; empty for a run of its own. */
  public Optional<Turn> turn() throws IOException {
    if (!Files.exists(turnJson())) {
      return Optional.empty();
    }
    Turn turn;
    try {
      turn = JSON.readValue(Files.readString(turnJson()), Turn.class);
    } catch (JsonProcessingException e) {
      throw new UnreadableRunException(path, "turn.json is no turn, " + e.getOriginalMessage(), e);
    } catch (CharacterCodingException e) {
      throw new UnreadableRunException(path, "turn.json is not in UTF-8", e);
    }
    require(turn != null && turn.series() != null, Turn.FILE, "series");
    return Optional.of(turn);
  }

  /** Writes the run's place in a series. */
  public void write(Turn turn) throws IOException {
    Files.writeString(turnJson(), JSON.writeValueAsString(turn) + "\n");
  }

  /** Writes {@code run.json}: to a temporary file first, so that no reader ever sees half of it. */
  public void write(Run run) throws IOException {
    Path half = path.resolve("run.json.tmp");
    Files.writeString(half, JSON.writeValueAsString(run) + "\n");
    Files.move(
        half, runJson(), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }

  /**
   * Reads {@code run.json}. Fields this version does not know are ignored, and those the directory
   * does not know are empty or 0.
   *
   * @throws UnreadableRunException when it is missing, broken or lacks an essential part
   */
  public Run read() throws IOException {
    Run run;
    try {
      run = JSON.readValue(Files.readString(runJson()), Run.class);
    } catch (NoSuchFileException e) {
      throw new UnreadableRunException(path, missing(), e);
    } catch (JsonProcessingException e) {
      throw new UnreadableRunException(path, "run.json is no run, " + e.getOriginalMessage(), e);
    } catch (CharacterCodingException e) {
      throw new UnreadableRunException(path, "run.json is not in UTF-8", e);
    }
    require(run != null && run.target() != null, RUN, "target");
    require(run.workload() != null, RUN, "workload");
    require(run.validity() != null, RUN, "validity");
    for (PhaseResult phase : run.phases()) {
      require(phase.phase() != null, RUN, "phase");
      require(phase.deliveryCount() != null, RUN, "books");
    }
    return run;
  }

  private String missing() {
    return Files.isDirectory(path)
        ? "it has no run.json, so it was cut off before its end"
        : "there is no such directory";
  }

  private void require(boolean present, String file, String field) throws UnreadableRunException {
    if (!present) {
      throw new UnreadableRunException(path, file + " has no field " + field);
    }
  }
}
