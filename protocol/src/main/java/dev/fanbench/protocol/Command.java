package dev.fanbench.protocol;

/** A frame whose first character is a slash. */
public sealed interface Command extends Frame {

  /** {@code /name bz}: how the sender is called from now on, 1 to 64 characters. */
  record Name(String name) implements Command {
    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.name(name);
    }
  }

  /** {@code /channel random}: the room to move to, without its {@code #}, 1 to 64 characters. */
  record Channel(String room) implements Command {
    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.channel(room);
    }
  }

  /** {@code /help}, and every other command that cannot be followed. */
  record Help() implements Command {
    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.help();
    }
  }
}
