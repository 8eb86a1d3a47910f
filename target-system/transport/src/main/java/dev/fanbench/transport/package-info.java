/**
 * An HTTP/1.1 client for the asynchronous clients of the AWS SDK for Java. It implements the SDK's
 * public interface {@link software.amazon.awssdk.http.async.SdkAsyncHttpClient}, so functions that
 * use it run on AWS unchanged.
 *
 * <p>One event loop owns every connection, so nothing here needs a lock:
 *
 * <ul>
 *   <li>{@link dev.fanbench.transport.LeanHttpClient} hands each request to the loop.
 *   <li>{@code EndpointPool} keeps the connections to one host and the requests that wait for one.
 *   <li>{@code PooledConnection} carries one {@code HttpExchange} at a time.
 *   <li>{@code RequestHead} and {@code RequestBody} write a request; {@code ResponseParser} and
 *       {@code ResponseBody} read its response.
 * </ul>
 */
package dev.fanbench.transport;
