package dev.fanbench.emulator;

import dev.fanbench.emulator.store.LocalDynamoDb;
import dev.fanbench.emulator.template.TableDefinition;
import java.util.List;

/** One DynamoDB Local for all tests of a JVM; it ends with the JVM. */
final class SharedStore {
  private static LocalDynamoDb store;

  private SharedStore() {}

  /** The store; every test's template has the same table. */
  static synchronized LocalDynamoDb get(List<TableDefinition> tables) {
    if (store == null) {
      store = LocalDynamoDb.start(tables);
    }
    return store;
  }

  /** The chat of this repository on this store. */
  static EmulatorOptions chat() {
    return EmulatorOptions.standard().withStore(SharedStore::get);
  }
}
