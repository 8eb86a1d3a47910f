/**
 * What both chats promise to a client, as tests over real sockets.
 *
 * <p>A target's module implements {@link dev.fanbench.protocol.contract.ChatServerContract} in a
 * test class that starts the target on a free port and says what its platform cannot do; the tests
 * come along as default methods. New behaviour of the protocol starts here.
 *
 * <p>The tests assume no order between two frames of one client, because a serverless chat handles
 * them side by side: each step awaits its answer before the next. That nothing came is shown by
 * asking for something else and getting that answer first, never by waiting.
 */
package dev.fanbench.protocol.contract;
