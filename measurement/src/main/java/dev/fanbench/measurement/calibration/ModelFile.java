package dev.fanbench.measurement.calibration;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** Writes what the emulator reads. */
final class ModelFile {
  private static final JsonMapper JSON = new JsonMapper();
  private static final double NANOS_PER_MICRO = 1e3;
  private static final double MICROS_PER_MILLI = 1e3;

  private ModelFile() {}

  static String text(Calibration calibration, String run) {
    ObjectNode model = JSON.createObjectNode();
    model.put("name", "calibrated");
    model.put("basis", "fitted to " + run);
    ObjectNode hops = model.putObject("hops");
    put(hops.putObject("invoke"), calibration.fixed());
    put(hops.putObject("post"), calibration.post());
    try {
      return JSON.writerWithDefaultPrettyPrinter().writeValueAsString(model) + "\n";
    } catch (JsonProcessingException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  private static void put(ObjectNode hop, HopTime time) {
    hop.put("p50Millis", millis(time.p50Nanos()));
    hop.put("p99Millis", Math.max(millis(time.p50Nanos()), millis(time.p99Nanos())));
  }

  private static double millis(double nanos) {
    return Math.round(nanos / NANOS_PER_MICRO) / MICROS_PER_MILLI;
  }
}
