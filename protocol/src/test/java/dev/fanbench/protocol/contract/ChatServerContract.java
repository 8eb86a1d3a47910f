package dev.fanbench.protocol.contract;

/**
 * Everything that a chat promises; implement this in a test class.
 *
 * <pre>{@code
 * class BaselineContractTest implements ChatServerContract {
 *   private static NettyServer server;
 *   // start and close it in @BeforeAll and @AfterAll
 *   public URI url() { return server.url(); }
 *   public List<Kept> kept(String room) { ... }
 * }
 * }</pre>
 */
public interface ChatServerContract
    extends ConversationContract,
        HistoryContract,
        RequestContract,
        TranscriptContract,
        HandshakeContract,
        FramingContract,
        LimitContract,
        FuzzContract {}
