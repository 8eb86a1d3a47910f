/**
 * Gatling actions: the two kinds of step a fanbench scenario is made of.
 *
 * <p>Users take some steps {@linkplain dev.fanbench.gatling.action.Steps#together together} (start
 * a target, fill a room, drain a phase): what they do may block and runs once, on a thread of its
 * own. Other steps {@linkplain dev.fanbench.gatling.action.Steps#each each} user takes by itself.
 * Both give access to Gatling's statistics, which only a built action has.
 */
package dev.fanbench.gatling.action;
