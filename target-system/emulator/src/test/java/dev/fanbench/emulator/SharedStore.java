package dev.fanbench.emulator;

import dev.fanbench.emulator.latency.Latency;
import dev.fanbench.emulator.store.LocalDynamoDb;
import dev.fanbench.emulator.template.TableDefinition;
import dev.fanbench.emulator.template.Template;
import java.util.List;
import java.util.Map;

/** One DynamoDB Local for all tests of a JVM; it ends with the JVM. */
final class SharedStore {
  private static LocalDynamoDb store;

  private SharedStore() {}

  /** The store, with the chat's table, whatever tables a test's template has. */
  static synchronized LocalDynamoDb get(List<TableDefinition> ignored, Latency none) {
    if (store == null) {
      store = LocalDynamoDb.start(chatTables(), none);
    }
    return store;
  }

  private static List<TableDefinition> chatTables() {
    return Template.parse(Template.builtIn(), "us-east-1", Map.of()).tables();
  }

  /** The chat of this repository on this store. */
  static EmulatorOptions chat() {
    return EmulatorOptions.standard().withStore(SharedStore::get);
  }
}
