/**
 * The stores: DynamoDB Local behind its HTTP port, in memory, on loopback only, with the tables of
 * the template, or a Redis.
 *
 * <p>DynamoDB Local is set up from its parts and not by its own command line, which listens on
 * every address, picks no free port and sends usage figures to AWS.
 */
package dev.fanbench.emulator.store;
