/**
 * {@code template.yaml} as the emulator understands it.
 *
 * <p>{@link dev.fanbench.emulator.template.TemplateYaml} reads CloudFormation's YAML into plain
 * maps and lists. {@link dev.fanbench.emulator.template.ReferenceTable} replaces {@code !Ref},
 * {@code !Sub} and {@code !GetAtt} by values. {@link dev.fanbench.emulator.template.Conditions}
 * decides which parts exist. {@link dev.fanbench.emulator.template.Template} holds the API, its
 * routes and integrations, the functions and the tables. A reference that does not resolve is an
 * error with a message, because a deployment would fail there too.
 */
package dev.fanbench.emulator.template;
