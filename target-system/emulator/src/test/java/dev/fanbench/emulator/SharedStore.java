package dev.fanbench.emulator;

import dev.fanbench.emulator.store.LocalDynamoDb;

/** One DynamoDB Local for all tests of a JVM; it is ended with the JVM. */
final class SharedStore {
  private static final LocalDynamoDb STORE = Emulator.store(EmulatorOptions.standard());

  private SharedStore() {}

  static LocalDynamoDb get() {
    return STORE;
  }
}
