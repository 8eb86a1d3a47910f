/**
 * What the gateway makes of payloads for integrations that are no proxies: Velocity templates over
 * {@code $context}, {@code $input}, {@code $stageVariables} and {@code $util}, picked by a
 * selection expression.
 *
 * <p>Templates see maps, lists and scalars, and the few methods that {@code ClosedUberspect} names;
 * there is no way from them to a Java class, a file or another template. What a client sends is
 * only ever a value of theirs.
 */
package dev.fanbench.emulator.mapping;
