package dev.fanbench.emulator.template;

import java.util.Map;
import java.util.Optional;

/**
 * A DynamoDB table.
 *
 * @param name its logical name
 * @param creation its properties, as the API's {@code CreateTable} takes them
 * @param timeToLive the attribute that says when a row expires
 */
public record TableDefinition(
    String name, Map<String, Object> creation, Optional<String> timeToLive) {}
