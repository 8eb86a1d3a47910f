/**
 * The Lambda handlers, the table and the posts. This is the only package that uses the AWS SDK.
 *
 * <p>All rows live in one table with a partition key {@code pk} and a sort key {@code sk}. {@code
 * shard} is a hash of the connection id, modulo the number of shards in {@link
 * dev.fanbench.functions.DeploymentSettings}.
 *
 * <table>
 *   <caption>Rows</caption>
 *   <tr><th>pk</th><th>sk</th><th>attributes</th><th>is</th></tr>
 *   <tr><td>{@code C#shard}</td><td>connection id</td><td>{@code who}, {@code room}, {@code since},
 *       {@code expires}, {@code user} if there is one</td><td>a connection</td></tr>
 *   <tr><td>{@code U#user}</td><td>connection id</td><td>{@code since}, {@code expires}</td>
 *       <td>a connection of a user, while the connection's own row is there</td></tr>
 *   <tr><td>{@code R#room#shard}</td><td>connection id</td><td>{@code since}, {@code expires}</td>
 *       <td>a member of a room</td></tr>
 *   <tr><td>{@code ROOMS}</td><td>room</td><td></td><td>a room that a client moved to; {@code
 *       fetchChannels} reads the first 999 by name</td></tr>
 *   <tr><td>{@code M#room}</td><td>epoch ms, {@code #}, request id</td><td>{@code by}, {@code who},
 *       {@code text}, {@code expires}</td><td>a message</td></tr>
 * </table>
 *
 * <p>This is the layout {@code sharded}. In {@code hot-item} the members of a room are one string
 * set instead: the attribute {@code members} of {@code pk = H#room, sk = members}, with {@code
 * id@since} for each member. In {@code packed} they are 16 such sets, {@code sk = members#0} to
 * {@code members#15}, by a hash of the connection id. In {@code scan} there are no member rows.
 *
 * <p>{@code since} is the time of the connection's begin, in milliseconds of Unix time; {@code
 * expires} is the table's time to live, in seconds. DynamoDB removes expired rows days late, so
 * readers filter.
 *
 * <p>A member is a row of its own, so a join writes one small item whatever the room's size, and no
 * item grows toward DynamoDB's 400 KB. Reads are strongly consistent and cost half a read unit more
 * per 4 KB. So a client receives every message that is sent after its "Changed to #random".
 */
package dev.fanbench.functions.aws;
