/**
 * The chat served over HTTP, for the integration styles that call no function: {@link
 * dev.fanbench.functions.http.ChatExchange} turns requests into the events that the functions
 * handle, and {@link dev.fanbench.functions.http.ChatServer} is a process that listens for them.
 */
package dev.fanbench.functions.http;
