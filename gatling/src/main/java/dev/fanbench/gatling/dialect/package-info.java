/**
 * Protocols of servers, read from files: how a client connects, opens, joins a room, publishes and
 * stays alive. Nothing here does input or output but reading the files.
 *
 * <p>{@link dev.fanbench.gatling.dialect.DialectFolder} finds a file, {@link
 * dev.fanbench.gatling.dialect.DialectReader} reads it, and a {@link
 * dev.fanbench.gatling.dialect.Dialect} is the result. {@code gatling.fleet} speaks it.
 */
package dev.fanbench.gatling.dialect;
