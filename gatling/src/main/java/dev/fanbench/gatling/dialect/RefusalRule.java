package dev.fanbench.gatling.dialect;

/**
 * A frame by which the server declines a join or a publication.
 *
 * @param match the condition that the frame meets
 * @param again whether a join that is declined so is tried again for a minute
 */
public record RefusalRule(FrameMatch match, boolean again) {}
