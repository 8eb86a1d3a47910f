package dev.fanbench.emulator.template;

/**
 * The ARN of a function.
 *
 * @param region of the deployment
 * @param name its physical name, which Lambda knows it by
 */
public record FunctionArn(String region, String name) {

  /** The text of the ARN. */
  @Override
  public String toString() {
    return "arn:aws:lambda:%s:%s:function:%s".formatted(region, ReferenceTable.ACCOUNT, name);
  }
}
