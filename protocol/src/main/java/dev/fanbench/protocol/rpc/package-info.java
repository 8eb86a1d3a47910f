/**
 * Requests and responses over one connection: the binary form, in which both sides may ask, and the
 * text form for servers that refuse binary frames.
 *
 * <p>{@link dev.fanbench.protocol.rpc.BinaryFrame} is the frame format, {@link
 * dev.fanbench.protocol.rpc.BinaryPeer} is either side of a connection, and {@link
 * dev.fanbench.protocol.rpc.RpcClient} a client that speaks both forms:
 *
 * <pre>{@code
 * try (RpcClient client = RpcClient.connect(url, RpcOptions.defaults()).join()) {
 *   ByteBuffer answer = client.ask(ByteBuffer.wrap(bytes)).join();
 *   String text = client.askText("hello").join();
 * }
 * }</pre>
 */
package dev.fanbench.protocol.rpc;
