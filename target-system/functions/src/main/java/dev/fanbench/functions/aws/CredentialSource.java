package dev.fanbench.functions.aws;

import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProviderChain;
import software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider;
import software.amazon.awssdk.auth.credentials.EnvironmentVariableCredentialsProvider;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.auth.credentials.SystemPropertyCredentialsProvider;
import software.amazon.awssdk.core.exception.SdkClientException;

/**
 * The credentials of an execution environment. Lambda sets them as variables that hold as long as
 * the environment, so they are read once. Where there are none, as with SnapStart, the SDK's own
 * chain reads and renews them.
 */
final class CredentialSource {
  private CredentialSource() {}

  static AwsCredentialsProvider provider() {
    try (AwsCredentialsProviderChain variables =
        AwsCredentialsProviderChain.of(
            SystemPropertyCredentialsProvider.create(),
            EnvironmentVariableCredentialsProvider.create())) {
      return StaticCredentialsProvider.create(variables.resolveCredentials());
    } catch (SdkClientException none) {
      return DefaultCredentialsProvider.builder().build();
    }
  }
}
