package dev.fanbench.protocol.contract;

/**
 * Everything that a chat promises; implement this in a test class.
 *
 * <pre>{@code
 * class BaselineContractTest implements ChatServerContract {
 *   private static NettyServer server;
 *   // start and close it in @BeforeAll and @AfterAll
 *   public URI url() { return server.url(); }
 * }
 * }</pre>
 */
public interface ChatServerContract
    extends ConversationContract,
        RequestContract,
        TranscriptContract,
        HandshakeContract,
        FramingContract,
        LimitContract,
        FuzzContract {}
