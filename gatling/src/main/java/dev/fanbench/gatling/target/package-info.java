/**
 * Targets from the load's side: child processes that fanbench starts, or URLs.
 *
 * <p>A launched target is a JVM of its own with its own class path, so that its CPU, memory and
 * garbage collections are read apart from the load's. It ends when its standard input does, so that
 * it cannot outlive the load however that ends.
 */
package dev.fanbench.gatling.target;
