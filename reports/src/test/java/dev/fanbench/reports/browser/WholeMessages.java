package dev.fanbench.reports.browser;

import java.net.http.WebSocket;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionStage;

/** Puts text messages together and hands them on. */
final class WholeMessages implements WebSocket.Listener {

  private final BlockingQueue<String> whole;
  private final StringBuilder parts = new StringBuilder();

  WholeMessages(BlockingQueue<String> whole) {
    this.whole = whole;
  }

  @Override
  public CompletionStage<?> onText(WebSocket socket, CharSequence text, boolean last) {
    parts.append(text);
    if (last) {
      whole.add(parts.toString());
      parts.setLength(0);
    }
    socket.request(1);
    return null;
  }
}
