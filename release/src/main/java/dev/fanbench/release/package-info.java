/** Makes the libraries of a release from the class paths that the modules' builds have written. */
package dev.fanbench.release;
