/**
 * What the chat does with a connection and a frame, without a word about any cloud.
 *
 * <p>{@link dev.fanbench.functions.chat.Chat} reads the sender's place from a {@link
 * dev.fanbench.functions.chat.Registry}, answers commands, keeps chat text in a {@link
 * dev.fanbench.functions.chat.MessageLog} and hands frames to a {@link
 * dev.fanbench.functions.chat.Delivery}: a {@link dev.fanbench.functions.chat.FanOut} keeps a
 * bounded number of {@link dev.fanbench.functions.chat.Posts} in flight, a {@link
 * dev.fanbench.functions.chat.Spread} shares a large room out among invocations. Everything is
 * asynchronous and blocks no thread.
 */
package dev.fanbench.functions.chat;
