/**
 * Load processes that offer one workload together: they meet at shard 0 before and after each
 * block, and send their runs there at the end. One line of JSON is one message.
 */
package dev.fanbench.gatling.shard;
