package dev.fanbench.gatling.target;

/** A target that did not start, does not answer, or died: one sentence for the user. */
public final class TargetFailure extends Exception {
  private static final long serialVersionUID = 1L;

  /** With a sentence that names the target. */
  public TargetFailure(String sentence) {
    super(sentence);
  }
}
