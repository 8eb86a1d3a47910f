/**
 * The serverless chat: three Lambda functions behind a WebSocket API.
 *
 * <p>{@code chat} holds the chat's rules and is independent of any cloud. {@code event} reads
 * events of API Gateway and writes responses for it. {@code aws} holds the handlers, the table and
 * the posts, and is the only package that imports the AWS SDK. {@code redis} holds the same store
 * in Redis. {@code http} serves the same handlers over HTTP. {@link
 * dev.fanbench.functions.DeploymentSettings} holds the settings of the deployment.
 */
package dev.fanbench.functions;
