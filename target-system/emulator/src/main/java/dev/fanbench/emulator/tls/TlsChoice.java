package dev.fanbench.emulator.tls;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Whether the front door speaks TLS, too.
 *
 * @param on whether it does
 * @param names of hosts that the certificate is for, beside {@code localhost} and its addresses
 */
public record TlsChoice(boolean on, List<String> names) {
  private static final int MOST_CHARACTERS = 253;
  private static final Pattern NAME =
      Pattern.compile("(\\*\\.)?[A-Za-z0-9]([A-Za-z0-9-]*[A-Za-z0-9])?(\\.[A-Za-z0-9-]+)*");

  /** Checks the names. */
  public TlsChoice {
    names = List.copyOf(names);
    for (String name : names) {
      if (name.length() > MOST_CHARACTERS || !NAME.matcher(name).matches()) {
        throw new IllegalArgumentException(
            "--tls-name=%s is not allowed; --tls-name takes host names and IPv4 addresses"
                .formatted(name));
      }
    }
  }

  /** Plain text only. */
  public static TlsChoice off() {
    return new TlsChoice(false, List.of());
  }

  /** All names of the certificate. */
  List<String> allNames() {
    List<String> all = new ArrayList<>(List.of("localhost", "127.0.0.1", "::1"));
    names.stream().filter(name -> !all.contains(name)).forEach(all::add);
    return all;
  }
}
