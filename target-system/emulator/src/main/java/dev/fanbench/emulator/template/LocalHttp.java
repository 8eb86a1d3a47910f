package dev.fanbench.emulator.template;

import java.util.Optional;

/**
 * The handler that serves the template's HTTP endpoint on this machine, from {@code Metadata}.
 * Deployments ignore it.
 *
 * @param parameter the template's parameter that takes the endpoint's address
 * @param handler a {@code com.sun.net.httpserver.HttpHandler}, found on the class path
 * @param secretParameter the template's parameter for the name of the secret that callers must
 *     know; empty if they need none
 * @param secretVariable the variable from which the handler reads that secret
 */
public record LocalHttp(
    String parameter,
    String handler,
    Optional<String> secretParameter,
    Optional<String> secretVariable) {}
