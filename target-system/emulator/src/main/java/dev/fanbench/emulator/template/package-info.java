/**
 * {@code template.yaml} as the emulator understands it.
 *
 * <p>{@link dev.fanbench.emulator.template.TemplateYaml} reads CloudFormation's YAML into plain
 * maps and lists, {@link dev.fanbench.emulator.template.References} replaces {@code !Ref}, {@code
 * !Sub} and {@code !GetAtt} by values, {@link dev.fanbench.emulator.template.Conditions} decides
 * what is there at all, and {@link dev.fanbench.emulator.template.Template} picks out the API, its
 * routes and integrations, the functions and the tables. What does not resolve is an error with a
 * sentence, because a deployment would fail there too.
 */
package dev.fanbench.emulator.template;
