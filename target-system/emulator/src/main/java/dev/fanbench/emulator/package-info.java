/**
 * A WebSocket API, its functions and its store in one process, as {@code template.yaml} describes
 * them, without AWS.
 *
 * <p>{@link dev.fanbench.emulator.Emulator} puts the parts together and is what tests start; {@link
 * dev.fanbench.emulator.ServerlessTarget} is the command. The functions are found on the class path
 * by the names in the template. They do not depend on the emulator: the SDK reads the emulator's
 * addresses from its own system properties.
 */
package dev.fanbench.emulator;
