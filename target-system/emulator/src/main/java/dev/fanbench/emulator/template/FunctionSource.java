package dev.fanbench.emulator.template;

import java.util.Map;
import java.util.Optional;

/**
 * The place of a function's or a layer's code on this machine.
 *
 * @param path a folder or an archive, relative to the template
 * @param inline the code itself, if the template has it
 */
record FunctionSource(String path, Optional<String> inline) {
  /** CDK writes the folder of an asset into this entry of a resource's {@code Metadata}. */
  private static final String ASSET = "aws:asset:path";

  /** The source in {@code CodeUri} or {@code ContentUri} of a resource of SAM. */
  static FunctionSource ofSam(Map<String, Object> properties, String key, String name) {
    if (properties.get("InlineCode") instanceof String code) {
      return new FunctionSource(".", Optional.of(code));
    }
    return at(properties.getOrDefault(key, "."), key, name);
  }

  /**
   * The source in {@code Code} or {@code Content} of a resource of CloudFormation: an asset of CDK,
   * an archive that the Serverless Framework left beside its template, a folder, or the code.
   */
  static FunctionSource ofCloudFormation(Map<String, Object> resource, String key, String name) {
    Object asset = TemplateNode.mapIn(resource, "Metadata", name).get(ASSET);
    Object code = TemplateNode.mapIn(resource, "Properties", name).get(key);
    if (asset != null) {
      return at(asset, "Metadata " + ASSET, name);
    }
    if (code instanceof Map<?, ?> map) {
      if (map.get("ZipFile") instanceof String text) {
        return new FunctionSource(".", Optional.of(text));
      }
      if (map.get("S3Key") instanceof String object) {
        return at(object.substring(object.lastIndexOf('/') + 1), key + ".S3Key", name);
      }
    }
    return at(code, key, name);
  }

  private static FunctionSource at(Object value, String key, String name) {
    String path = value instanceof String text ? text : "";
    if (path.isBlank() || path.startsWith("s3://") || path.indexOf('\0') >= 0) {
      throw new TemplateException(
          "%s.%s is %s; the emulator has folders and archives beside the template"
              .formatted(name, key, value));
    }
    return new FunctionSource(path, Optional.empty());
  }
}
