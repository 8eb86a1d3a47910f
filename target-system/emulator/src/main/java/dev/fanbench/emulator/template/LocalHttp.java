package dev.fanbench.emulator.template;

import java.util.Optional;

/**
 * Who serves the template's HTTP endpoint on this machine, from {@code Metadata}; deployments
 * ignore it.
 *
 * @param parameter the template's parameter that takes the endpoint's address
 * @param handler a {@code com.sun.net.httpserver.HttpHandler}, found on the class path
 * @param secretParameter the template's parameter that takes the name of the secret which callers
 *     must know; empty when they need none
 * @param secretVariable the variable that the handler takes that secret from
 */
public record LocalHttp(
    String parameter,
    String handler,
    Optional<String> secretParameter,
    Optional<String> secretVariable) {}
