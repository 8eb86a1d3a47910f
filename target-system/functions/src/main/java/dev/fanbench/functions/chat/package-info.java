/**
 * The chat's rules for connections and frames, independent of any cloud.
 *
 * <p>{@link dev.fanbench.functions.chat.ServerlessChat} reads the sender's room from a {@link
 * dev.fanbench.functions.chat.Registry} and answers commands. It stores chat text in a {@link
 * dev.fanbench.functions.chat.MessageLog} and passes frames to a {@link
 * dev.fanbench.functions.chat.Delivery}. There are two deliveries: {@link
 * dev.fanbench.functions.chat.FanOut} keeps a bounded number of {@link
 * dev.fanbench.functions.chat.FramePoster} in flight, and {@link
 * dev.fanbench.functions.chat.BatchedDelivery} splits a large room among invocations. All calls are
 * asynchronous and block no thread.
 */
package dev.fanbench.functions.chat;
