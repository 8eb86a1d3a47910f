/**
 * A WebSocket API, its functions and its store in one process: what {@code template.yaml}
 * describes, without AWS.
 *
 * <p>{@link dev.fanbench.emulator.Emulator} puts the parts together and is what tests start; {@link
 * dev.fanbench.emulator.ServerlessTarget} is the command. The functions are found on the class path
 * by the names in the template and know nothing of the emulator: they meet it as the addresses that
 * the SDK reads from its own system properties.
 */
package dev.fanbench.emulator;
