package dev.fanbench.measurement.workload;

/**
 * Members of a phase's rooms who are not measured, but whom the target has to serve like any other:
 * what reaches them counts as other copies.
 *
 * @param churnPerSecond members who come each second, spread over the rooms; each stays a second
 * @param slow members who read nothing while the phase lasts, spread over the rooms
 */
public record Bystanders(double churnPerSecond, int slow) {

  /** The load's counter of those who came in, of all that were to come. */
  public static final String JOINED = "bystanders.joined";

  /** The load's counter of those whom the target did not let in. */
  public static final String REFUSED = "bystanders.refused";

  /** Nobody. */
  public static final Bystanders NONE = new Bystanders(0, 0);

  public Bystanders {
    if (!(churnPerSecond >= 0 && churnPerSecond <= 10_000) || slow < 0) {
      throw new IllegalArgumentException(
          "churn=" + churnPerSecond + ", slow=" + slow + " is not allowed, must be 0 or more");
    }
  }

  /** So many times as many. */
  Bystanders times(int processes) {
    return new Bystanders(churnPerSecond * processes, slow * processes);
  }

  /** Whether there is anybody. */
  public boolean any() {
    return churnPerSecond > 0 || slow > 0;
  }

  /** For a phase's name: {@code -churn-20-slow-10}, empty for nobody. */
  public String suffix() {
    return (churnPerSecond > 0 ? "-churn-" + Math.round(churnPerSecond) : "")
        + (slow > 0 ? "-slow-" + slow : "");
  }

  /** {@code 20 come and go each second}, {@code 10 read nothing}; empty for nobody. */
  public String text() {
    String churn =
        churnPerSecond > 0 ? "%.0f come and go each second".formatted(churnPerSecond) : "";
    String idle = slow > 0 ? slow + " read nothing" : "";
    return churn.isEmpty() || idle.isEmpty() ? churn + idle : churn + ", " + idle;
  }
}
