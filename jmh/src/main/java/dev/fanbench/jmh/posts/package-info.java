/**
 * The cost of a post to a connection: the emulator's front door beside a lean loop that does only
 * the unavoidable work. Both are processes of their own.
 *
 * <p>{@link dev.fanbench.jmh.posts.FrontDoorCost} is the door.
 */
package dev.fanbench.jmh.posts;
