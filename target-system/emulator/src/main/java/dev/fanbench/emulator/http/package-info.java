/**
 * The template's HTTP endpoint on this machine: the class that it names, on a port of its own, with
 * neither environments nor cold starts.
 */
package dev.fanbench.emulator.http;
