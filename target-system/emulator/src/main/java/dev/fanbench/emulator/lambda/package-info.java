/**
 * Lambda's execution model.
 *
 * <p>A function runs in {@link dev.fanbench.emulator.lambda.Environment environments}: each holds
 * one instance of the handler and takes one request at a time. {@link
 * dev.fanbench.emulator.lambda.Invoker} hands a request to an idle environment, creates one when
 * there is none, and lets requests wait, and counts them, when a {@link
 * dev.fanbench.emulator.lambda.LocalCap} on functions that run binds. The caller never waits: an
 * invocation is a future, and abandoning it abandons its environment, whose thread an {@link
 * dev.fanbench.emulator.lambda.ThreadEviction} ends.
 */
package dev.fanbench.emulator.lambda;
