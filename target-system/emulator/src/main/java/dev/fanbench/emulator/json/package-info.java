/** JSON as plain maps, lists and scalars, for what has no shape of its own. */
package dev.fanbench.emulator.json;
