/**
 * The quotas of AWS, each with its documented value, and how often each was hit.
 *
 * <p>{@link dev.fanbench.emulator.quota.Quota} lists them, {@link
 * dev.fanbench.emulator.quota.QuotaSet} holds what is in force, and one {@link
 * dev.fanbench.emulator.quota.QuotaCheck} is asked by everything that enforces one.
 */
package dev.fanbench.emulator.quota;
