/**
 * What a post to a connection costs who takes it: the emulator's front door beside a lean loop that
 * does what no front door can leave out. Both are processes of their own.
 *
 * <p>{@link dev.fanbench.jmh.posts.FrontDoorCost} is the door.
 */
package dev.fanbench.jmh.posts;
