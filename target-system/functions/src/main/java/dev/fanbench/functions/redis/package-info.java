/**
 * The registry and the message log in Redis or Valkey. This is the only package that uses the Redis
 * client.
 *
 * <table>
 *   <caption>Keys</caption>
 *   <tr><th>key</th><th>type</th><th>holds</th></tr>
 *   <tr><td>{@code connections}</td><td>set</td><td>every connection, as {@code id since}</td></tr>
 *   <tr><td>{@code room:NAME}</td><td>set</td><td>the members of a room, as {@code id since}</td>
 *       </tr>
 *   <tr><td>{@code rooms-by-time}</td><td>sorted set</td><td>the 999 rooms that were moved to last,
 *       by the time of the last move in microseconds</td></tr>
 *   <tr><td>{@code connection:ID}</td><td>hash</td><td>{@code who}, {@code room}, {@code since},
 *       {@code user} if there is one; expires</td></tr>
 *   <tr><td>{@code user:NAME}</td><td>set</td><td>ids of a user's connections, each while its hash
 *       is there; expires with the last</td></tr>
 *   <tr><td>{@code messages:ROOM}</td><td>stream</td><td>the last messages: {@code id}, {@code by},
 *       {@code who}, {@code at}, {@code text}; expires</td></tr>
 * </table>
 *
 * <p>{@code since} is the time of the connection's begin, in milliseconds of Unix time. The sets
 * hold it beside the id for two reasons. One {@code SMEMBERS} gives a publication all that it
 * needs. Members that were never removed are recognised by their age.
 *
 * <p>Each change of more than one key is one Lua script, which Redis runs to its end before it
 * looks at anything else. A script finds some of its keys in other keys, so all must be on one
 * node: a replication group without cluster mode.
 */
package dev.fanbench.functions.redis;
