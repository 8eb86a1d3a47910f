/**
 * Rules that every module keeps, and the counts of what still breaks them.
 *
 * <p>{@link dev.fanbench.conventions.SharedRule} holds the architecture rules that are the same in
 * each module's {@code ArchitectureTest}. {@link dev.fanbench.conventions.LanguageRule} lists the
 * rules of plain English and of names. {@link dev.fanbench.conventions.ProjectCheck} finds what
 * breaks them, and {@link dev.fanbench.conventions.Ratchet} compares the counts with those in
 * {@code conventions/ratchet.properties}, which may only fall.
 */
package dev.fanbench.conventions;
