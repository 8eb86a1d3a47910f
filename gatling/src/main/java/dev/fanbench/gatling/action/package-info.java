/**
 * Gatling actions: the three kinds of step a fanbench scenario is made of.
 *
 * <p>A {@linkplain dev.fanbench.gatling.action.Steps#blocking blocking} step (start a target, fill
 * a room, drain a phase) runs on a thread of its own and hands the user on when it is done; an
 * {@linkplain dev.fanbench.gatling.action.Steps#arrival arrival} hands the user on when its instant
 * has come and its bytes are on their way. Both also give access to Gatling's statistics, which
 * only a built action has.
 */
package dev.fanbench.gatling.action;
