/**
 * The command line: {@code ./fanbench} with all subcommands, one help style and one wording for a
 * bad option. {@link dev.fanbench.cli.FanbenchCommand} is its main class.
 */
package dev.fanbench.cli;
