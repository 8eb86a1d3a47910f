package dev.fanbench.gatling.fleet;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Writes down what a decoder says, one line each. */
final class RecordedFrames implements FrameSink {
  final List<String> lines = new ArrayList<>();

  @Override
  public void message(byte[] bytes, int offset, int length) {
    add("message", bytes, offset, length);
  }

  @Override
  public void ping(byte[] bytes, int offset, int length) {
    add("ping", bytes, offset, length);
  }

  @Override
  public void pong(byte[] bytes, int offset, int length) {
    add("pong", bytes, offset, length);
  }

  @Override
  public void close(int code, String reason) {
    lines.add("close " + code + (reason.isEmpty() ? "" : " " + reason));
  }

  @Override
  public void violation(int code, String what) {
    lines.add("violation " + code + " " + what);
  }

  private void add(String kind, byte[] bytes, int offset, int length) {
    lines.add(kind + " " + new String(bytes, offset, length, StandardCharsets.ISO_8859_1));
  }
}
