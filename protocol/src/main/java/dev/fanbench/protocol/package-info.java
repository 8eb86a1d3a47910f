/**
 * The texts on the socket, parsed and written in one place so that both chats agree byte for byte.
 *
 * <p>A text frame goes through {@link dev.fanbench.protocol.Frame#classify}, which returns its
 * kind. A target decides how to handle it and takes the words of its answer from {@link
 * dev.fanbench.protocol.ReplyFormat}. Nothing here does input or output, keeps state, or knows
 * which platform it runs on. Strings are Java strings: turning them into UTF-8 is the transport's.
 */
package dev.fanbench.protocol;
