/**
 * The JSON that a WebSocket API hands to a proxy integration and takes from it, read and written
 * token by token. The published event classes lack the fields that say why a client left, and bind
 * by reflection, which is most of a small function's start.
 */
package dev.fanbench.functions.event;
