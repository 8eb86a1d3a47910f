package dev.fanbench.gatling.command;

import java.util.prefs.AbstractPreferences;
import java.util.prefs.Preferences;
import java.util.prefs.PreferencesFactory;

/**
 * Preferences by which Gatling has just tried, in vain, to learn its latest release. Without them
 * each run asks a server on the internet, and makes a folder in the home of its user.
 */
public final class ReleaseCheck implements PreferencesFactory {
  private static final String PROPERTY = "java.util.prefs.PreferencesFactory";
  private static final String LAST_CHECK_MILLIS = "lastCheckTimestamp";

  /** Lets this process have these preferences, unless its user has named others. */
  static void skip() {
    System.getProperties().putIfAbsent(PROPERTY, ReleaseCheck.class.getName());
  }

  @Override
  public Preferences systemRoot() {
    return new CheckedNow(null, "");
  }

  @Override
  public Preferences userRoot() {
    return new CheckedNow(null, "");
  }

  /** A node that keeps nothing. */
  private static final class CheckedNow extends AbstractPreferences {
    private CheckedNow(AbstractPreferences parent, String name) {
      super(parent, name);
    }

    @Override
    protected String getSpi(String key) {
      return key.equals(LAST_CHECK_MILLIS) ? String.valueOf(System.currentTimeMillis()) : null;
    }

    @Override
    protected AbstractPreferences childSpi(String name) {
      return new CheckedNow(this, name);
    }

    @Override
    protected void putSpi(String key, String value) {}

    @Override
    protected void removeSpi(String key) {}

    @Override
    protected void removeNodeSpi() {}

    @Override
    protected String[] keysSpi() {
      return new String[0];
    }

    @Override
    protected String[] childrenNamesSpi() {
      return new String[0];
    }

    @Override
    protected void syncSpi() {}

    @Override
    protected void flushSpi() {}
  }
}
