/**
 * The options of a run: {@code -Dfanbench.<key>=<value>}, and the same keys in {@code
 * gatling/workloads/*.conf}. They are checked before a run starts. A mistake is answered by one
 * sentence with the key, the value and the values that are allowed.
 */
package dev.fanbench.gatling.options;
