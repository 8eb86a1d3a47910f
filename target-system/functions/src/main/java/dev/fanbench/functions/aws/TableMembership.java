package dev.fanbench.functions.aws;

import dev.fanbench.functions.chat.Member;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;
import software.amazon.awssdk.services.dynamodb.model.WriteRequest;

/** Stores the members of rooms in the table. Implementations are thread-safe. */
interface TableMembership {

  /** Stores the rows of a new connection, and that it is a member. */
  CompletableFuture<Void> connect(List<WriteRequest> connection, Member member);

  /** Removes a member whose connection's row is removed already. */
  CompletableFuture<Void> leave(Member member);

  /** The writes of a move besides the connection's row. One transaction holds all of them. */
  List<TransactWriteItem> swap(Member from, Member to);

  /** Tells the members of a room, expired ones too, as {@code Registry} does. */
  CompletableFuture<Void> members(String room, Consumer<Member> each);

  /** Tells every connection, expired ones too, as {@code Registry} does. */
  CompletableFuture<Void> everyone(Consumer<Member> each);

  /** Removes members and the rows of their connections. */
  CompletableFuture<Void> forget(Collection<Member> gone);
}
