/**
 * The payload mappings of integrations that are no proxies. They are Velocity templates over {@code
 * $context}, {@code $input}, {@code $stageVariables} and {@code $util}. A selection expression
 * picks the template.
 *
 * <p>Templates can use maps, lists and scalars, and the few methods that {@code ClosedUberspect}
 * names. They cannot reach a Java class, a file or another template. A client's text is always a
 * value, never part of a template.
 */
package dev.fanbench.emulator.mapping;
