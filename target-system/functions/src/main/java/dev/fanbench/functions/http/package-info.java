/**
 * The chat over HTTP, for the integration styles that call no function. {@link
 * dev.fanbench.functions.http.ChatExchange} turns requests into the events that the functions
 * handle. {@link dev.fanbench.functions.http.ChatServer} is the process that listens for the
 * requests.
 */
package dev.fanbench.functions.http;
