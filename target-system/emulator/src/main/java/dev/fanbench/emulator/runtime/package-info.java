/**
 * Functions in any language, each environment a process of its own.
 *
 * <p>{@link dev.fanbench.emulator.runtime.ProcessLauncher} makes the handler of each environment: a
 * {@link dev.fanbench.emulator.runtime.FunctionProcess}. It starts the function's program under a
 * {@link dev.fanbench.emulator.runtime.GuardedProcess guard}, which ends it with the emulator. The
 * program asks for requests and returns answers at Lambda's Runtime API, {@link
 * dev.fanbench.emulator.runtime.RuntimeApi}, on a port of its own. A {@link
 * dev.fanbench.emulator.runtime.RuntimeSession} stands between the two sides. The programs for Node
 * and Python are {@code runtime.mjs} and {@code runtime.py} beside these classes.
 */
package dev.fanbench.emulator.runtime;
