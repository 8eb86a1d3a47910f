/**
 * Lambda's own API, by which functions invoke each other: {@link
 * dev.fanbench.emulator.invoke.InvokeApi} listens on loopback, and hands requests to the same
 * {@link dev.fanbench.emulator.lambda.Invoker} as the front door. The Runtime API listens the same
 * way.
 */
package dev.fanbench.emulator.invoke;
