/**
 * What a user may type: {@code -Dfanbench.<key>=<value>} and the same keys in {@code
 * gatling/workloads/*.conf}. Everything is read and checked before anything starts; what is wrong
 * is answered by one sentence naming the key, the value and what is allowed.
 */
package dev.fanbench.gatling.options;
