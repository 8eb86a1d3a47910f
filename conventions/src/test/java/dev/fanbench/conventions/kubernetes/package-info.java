/**
 * The manifests in {@code deploy}, as Kustomize makes objects of them and as an API server gives
 * them back. {@code ManifestTest} in {@code gatling} compares their values with those of the load.
 */
package dev.fanbench.conventions.kubernetes;
