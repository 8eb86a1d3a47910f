/** A broadcaster for the microbenchmarks. */
package example;
