/**
 * The serverless chat: three Lambda functions behind a WebSocket API.
 *
 * <p>{@code chat} decides what happens and knows no cloud; {@code event} reads what API Gateway
 * sends and writes what it expects; {@code aws} holds the handlers, the table and the posts, and is
 * the one package that imports the AWS SDK; {@code redis} holds the same store in Redis; {@code
 * http} serves the same handlers over HTTP. {@link dev.fanbench.functions.Settings} holds what the
 * deployment decides.
 */
package dev.fanbench.functions;
