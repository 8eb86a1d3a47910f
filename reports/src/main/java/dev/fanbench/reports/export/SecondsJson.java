package dev.fanbench.reports.export;

import dev.fanbench.reports.model.LiveView;

/** The last minutes of a run in progress as JSON, from which its page draws curves. */
public final class SecondsJson {
  /** The media type. */
  public static final String CONTENT_TYPE = "application/json";

  private SecondsJson() {}

  /** An array of seconds, in order. */
  public static String of(LiveView view) {
    return JsonText.onOneLine(view.seconds());
  }
}
