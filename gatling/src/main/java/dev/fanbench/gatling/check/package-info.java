/**
 * Tries one publication between two clients on a server, and shows every frame, so that a dialect
 * can be written and proved before a run.
 */
package dev.fanbench.gatling.check;
