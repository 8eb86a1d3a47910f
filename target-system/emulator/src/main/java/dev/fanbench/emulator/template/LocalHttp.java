package dev.fanbench.emulator.template;

/**
 * Who serves the template's HTTP endpoint on this machine, from {@code Metadata}; deployments
 * ignore it.
 *
 * @param parameter the template's parameter that takes the endpoint's address
 * @param handler a {@code com.sun.net.httpserver.HttpHandler}, found on the class path
 */
public record LocalHttp(String parameter, String handler) {}
