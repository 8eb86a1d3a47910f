/**
 * A target for tests that misbehaves on purpose, in one way at a time and countably. It speaks as
 * much of the room protocol as a load needs: {@code /channel}, chat text and {@code rpc}.
 */
package dev.fanbench.gatling.faulty;
