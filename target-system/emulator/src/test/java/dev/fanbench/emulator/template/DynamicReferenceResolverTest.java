package dev.fanbench.emulator.template;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Secrets that a template names. */
class DynamicReferenceResolverTest {
  private static final String ARN =
      "arn:aws:secretsmanager:us-east-1:000000000000:secret:chat-AbCdEf";
  private static final LocalSecretStore SECRETS =
      LocalSecretStore.none()
          .with("chat/jwt", "k$y")
          .with("/chat/level", "7")
          .with("chat/all", "{\"jwt\":\"inner\"}")
          .with(ARN, "by ARN");

  private final DynamicReferenceResolver references = new DynamicReferenceResolver(SECRETS);

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "plain|plain",
        "{{resolve:secretsmanager:chat/jwt}}|k$y",
        "<{{resolve:secretsmanager:chat/jwt}}> <{{resolve:ssm:/chat/level}}>|<k$y> <7>",
        "{{resolve:secretsmanager:chat/jwt:SecretString}}|k$y",
        "{{resolve:secretsmanager:chat/jwt:SecretString:::}}|k$y",
        "{{resolve:secretsmanager:chat/all:SecretString:jwt}}|inner",
        "{{resolve:secretsmanager:chat/all:SecretString:jwt:AWSCURRENT}}|inner",
        "{{resolve:secretsmanager:" + ARN + "}}|by ARN",
        "{{resolve:secretsmanager:" + ARN + ":SecretString}}|by ARN",
        "{{resolve:ssm:/chat/level}}|7",
        "{{resolve:ssm:/chat/level:3}}|7",
        "{{resolve:ssm-secure:/chat/level:3}}|7"
      })
  void referenceGetsItsValue(String text, String value) {
    assertEquals(value, references.resolve(text, "here"));
    assertEquals(
        Map.of("a", List.of(value, 1)), references.resolve(Map.of("a", List.of(text, 1)), "here"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{{resolve:secretsmanager:chat/other}}|here asks for the secret chat/other, which is not here",
        "{{resolve:ssm:other:1}}|here asks for the secret other, which is not here",
        "{{resolve:vault:x}}|here: the emulator does not know {{resolve:vault:",
        "{{resolve:secretsmanager:chat/jwt:SecretString:x}}|here asks for x, which the secret does not have",
        "{{resolve:secretsmanager:chat/all:SecretString:x}}|here asks for x, which the secret does not have"
      })
  void referenceWithoutAValueIsRefused(String text, String sentence) {
    String message =
        assertThrows(TemplateException.class, () -> references.resolve(text, "here")).getMessage();
    assertTrue(message.startsWith(sentence), message);
  }

  @Test
  void secretsComeFromAFileAndDoNotShow(@TempDir Path folder) throws Exception {
    Path file = Files.writeString(folder.resolve("secrets"), "chat/jwt=abc\nother = x y \n");
    LocalSecretStore secrets = LocalSecretStore.read(file);
    assertEquals(Optional.of("abc"), secrets.value("chat/jwt"));
    assertEquals(Optional.of("x y "), secrets.value("other"));
    assertEquals("LocalSecretStore[chat/jwt, other]", secrets.toString());
    assertFalse(secrets.toString().contains("abc"));
  }
}
