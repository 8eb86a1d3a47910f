package dev.fanbench.functions.redis;

import io.lettuce.core.RedisNoScriptException;
import io.lettuce.core.ScriptOutputType;
import io.lettuce.core.api.async.RedisAsyncCommands;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/**
 * Lua that Redis runs as one step. It is sent by its digest; a server that does not have it,
 * because it was started or took over since, is sent the text, once.
 */
enum Script {
  /** KEYS connection, connections, room; ARGV id, who, room, since, expiry in s, user or ''. */
  CONNECT(
      """
      local member = ARGV[1] .. ' ' .. ARGV[4]
      redis.call('HSET', KEYS[1], 'who', ARGV[2], 'room', ARGV[3], 'since', ARGV[4])
      redis.call('EXPIREAT', KEYS[1], ARGV[5])
      redis.call('SADD', KEYS[2], member)
      redis.call('SADD', KEYS[3], member)
      if ARGV[6] ~= '' then
        redis.call('HSET', KEYS[1], 'user', ARGV[6])
        redis.call('SADD', 'user:' .. ARGV[6], ARGV[1])
        redis.call('EXPIREAT', 'user:' .. ARGV[6], ARGV[5])
      end
      return 1
      """),

  /** KEYS connection, connections; ARGV id. */
  DISCONNECT(
      """
      local room, since, user = unpack(redis.call('HMGET', KEYS[1], 'room', 'since', 'user'))
      if not room then return 0 end
      local member = ARGV[1] .. ' ' .. since
      redis.call('SREM', 'room:' .. room, member)
      redis.call('SREM', KEYS[2], member)
      if user then redis.call('SREM', 'user:' .. user, ARGV[1]) end
      redis.call('DEL', KEYS[1])
      return 1
      """),

  /** KEYS connection; ARGV who. */
  RENAME(
      """
      if redis.call('EXISTS', KEYS[1]) == 0 then return 0 end
      redis.call('HSET', KEYS[1], 'who', ARGV[1])
      return 1
      """),

  /** KEYS connection, room to move to, rooms; ARGV id, room to move to, most rooms. */
  MOVE(
      """
      local from, since = unpack(redis.call('HMGET', KEYS[1], 'room', 'since'))
      if not from then return 0 end
      local member = ARGV[1] .. ' ' .. since
      redis.call('SREM', 'room:' .. from, member)
      redis.call('SADD', KEYS[2], member)
      redis.call('HSET', KEYS[1], 'room', ARGV[2])
      local now = redis.call('TIME')
      redis.call('ZADD', KEYS[3], now[1] .. string.format('%06d', now[2]), ARGV[2])
      redis.call('ZREMRANGEBYRANK', KEYS[3], 0, -1 - ARGV[3])
      return 1
      """),

  /** KEYS connections; ARGV for each member: id, since, the room it was found in or nothing. */
  FORGET(
      """
      for i = 1, #ARGV, 3 do
        local connection = 'connection:' .. ARGV[i]
        local member = ARGV[i] .. ' ' .. ARGV[i + 1]
        local room, user = unpack(redis.call('HMGET', connection, 'room', 'user'))
        redis.call('SREM', 'room:' .. (room or ARGV[i + 2]), member)
        if user then redis.call('SREM', 'user:' .. user, ARGV[i]) end
        redis.call('SREM', KEYS[1], member)
        redis.call('DEL', connection)
      end
      return 1
      """),

  /** KEYS messages; ARGV most, oldest in milliseconds, life in seconds, then names and values. */
  APPEND(
      """
      redis.call('XADD', KEYS[1], 'MAXLEN', ARGV[1], '*', unpack(ARGV, 4))
      redis.call('XTRIM', KEYS[1], 'MINID', ARGV[2])
      redis.call('EXPIRE', KEYS[1], ARGV[3])
      return 1
      """);

  private final String text;

  Script(String text) {
    this.text = text;
  }

  String text() {
    return text;
  }

  /** Runs it; completes with whether it found what it was to change. */
  CompletableFuture<Boolean> run(
      RedisAsyncCommands<String, String> redis, List<String> keys, List<String> arguments) {
    String[] keyArray = keys.toArray(String[]::new);
    String[] argumentArray = arguments.toArray(String[]::new);
    return redis
        .<Boolean>evalsha(redis.digest(text), ScriptOutputType.BOOLEAN, keyArray, argumentArray)
        .toCompletableFuture()
        .exceptionallyCompose(
            failure ->
                isMissing(failure)
                    ? redis
                        .<Boolean>eval(text, ScriptOutputType.BOOLEAN, keyArray, argumentArray)
                        .toCompletableFuture()
                    : CompletableFuture.failedFuture(failure));
  }

  private static boolean isMissing(Throwable failure) {
    return failure instanceof RedisNoScriptException
        || (failure instanceof CompletionException
            && failure.getCause() instanceof RedisNoScriptException);
  }
}
