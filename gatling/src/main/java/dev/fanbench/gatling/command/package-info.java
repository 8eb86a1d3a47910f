/**
 * The commands that start the load: {@code run}, {@code ab} and {@code search}.
 *
 * <p>{@link dev.fanbench.gatling.command.RunCommand} is {@code mvn gatling:test} without Maven. The
 * other two start it again and again, each time in a fresh JVM ({@link
 * dev.fanbench.gatling.command.LoadProcess}), and decide on the run directories that come of it;
 * see docs/adr/0015-a-fresh-run-for-each-step.md.
 */
package dev.fanbench.gatling.command;
