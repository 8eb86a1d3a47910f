package dev.fanbench.tokens;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.crypto.MACVerifier;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.text.ParseException;
import java.time.Instant;
import java.util.Base64;
import java.util.Date;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * The secret that signs tokens and checks them. Tokens are JSON Web Tokens signed with HS256 (RFC
 * 7519, RFC 7518 §3.2); {@code sub} is the user.
 *
 * <p>Thread-safe.
 */
public final class TokenKey {
  /** The environment variable that holds the secret. It is never an argument: those can be seen. */
  public static final String VARIABLE = "FANBENCH_JWT_SECRET";

  /** RFC 7518 §3.2: a key as long as the hash, at least. */
  private static final int LEAST_BYTES = 32;

  /**
   * The longest header of a token that is read, in characters as it is sent. It is read before the
   * signature can be checked; 8 KB of it could cost 4 ms.
   */
  static final int MOST_HEADER_CHARACTERS = 1_024;

  private static final SecureRandom RANDOM = new SecureRandom();

  private final String secret;
  private final MACSigner signer;
  private final MACVerifier verifier;
  private final TokenExpiry expiry;

  /**
   * @param secret text, of which the UTF-8 bytes are the key
   * @throws IllegalArgumentException if it is shorter than 32 bytes; the message names {@link
   *     #VARIABLE}
   */
  public TokenKey(String secret) {
    byte[] key = secret.getBytes(StandardCharsets.UTF_8);
    if (key.length < LEAST_BYTES) {
      throw new IllegalArgumentException(
          "%s has %d bytes; HS256 needs %d or more, such as those of: openssl rand -hex 32"
              .formatted(VARIABLE, key.length, LEAST_BYTES));
    }
    this.secret = secret;
    this.expiry = TokenExpiry.REQUIRED;
    try {
      this.signer = new MACSigner(key);
      this.verifier = new MACVerifier(key);
    } catch (JOSEException impossible) {
      throw new IllegalStateException("a key of this length is good for HS256", impossible);
    }
  }

  private TokenKey(TokenKey other, TokenExpiry expiry) {
    this.secret = other.secret;
    this.signer = other.signer;
    this.verifier = other.verifier;
    this.expiry = expiry;
  }

  /** The same key, which takes tokens that never expire or refuses them, as a new key does. */
  public TokenKey withExpiry(TokenExpiry other) {
    return new TokenKey(this, other);
  }

  /** A new random key. */
  public static TokenKey random() {
    byte[] bytes = new byte[LEAST_BYTES];
    RANDOM.nextBytes(bytes);
    return new TokenKey(Base64.getUrlEncoder().withoutPadding().encodeToString(bytes));
  }

  /**
   * The key that an option {@code auth} asks for.
   *
   * @param auth {@code none}, or {@code jwt} for the key in {@link #VARIABLE}
   * @param environment looks a variable up, null for one that is not set
   * @throws IllegalArgumentException with a sentence, if it is another word or there is no secret
   */
  public static Optional<TokenKey> chosen(String auth, UnaryOperator<String> environment) {
    return switch (auth) {
      case "none" -> Optional.empty();
      case "jwt" -> Optional.of(of(environment));
      default ->
          throw new IllegalArgumentException(
              "--auth=%s is not allowed; --auth takes none, jwt".formatted(auth));
    };
  }

  /**
   * The key in {@link #VARIABLE}.
   *
   * @throws IllegalArgumentException with a sentence, if there is none
   */
  public static TokenKey of(UnaryOperator<String> environment) {
    String secret = environment.apply(VARIABLE);
    if (secret == null || secret.isEmpty()) {
      throw new IllegalArgumentException(
          "auth needs the secret that signs tokens in the environment variable " + VARIABLE);
    }
    return new TokenKey(secret);
  }

  /** The secret, to be handed to another process by its environment. */
  public String secret() {
    return secret;
  }

  /** A token that makes its bearer {@code user} until {@code expires}, which has whole seconds. */
  public String sign(String user, Instant expires) {
    SignedJWT token =
        new SignedJWT(
            new JWSHeader(JWSAlgorithm.HS256),
            new JWTClaimsSet.Builder().subject(user).expirationTime(Date.from(expires)).build());
    try {
      token.sign(signer);
    } catch (JOSEException impossible) {
      throw new IllegalStateException("every JDK has HmacSHA256", impossible);
    }
    return token.serialize();
  }

  /**
   * The user a credential stands for.
   *
   * @return empty if the token is malformed, is signed by another key or algorithm, is not yet
   *     valid, has expired or names no user. Empty, too, for a token that never expires although it
   *     must, and for a header of over 1,024 characters
   */
  public Optional<String> user(Credential credential, Instant now) {
    if (credential.token().indexOf('.') > MOST_HEADER_CHARACTERS) {
      return Optional.empty();
    }
    try {
      SignedJWT token = SignedJWT.parse(credential.token());
      if (!token.getHeader().getAlgorithm().equals(JWSAlgorithm.HS256) || !token.verify(verifier)) {
        return Optional.empty();
      }
      JWTClaimsSet claims = token.getJWTClaimsSet();
      return isValidAt(now, claims)
          ? Optional.ofNullable(claims.getSubject()).filter(user -> !user.isBlank())
          : Optional.empty();
    } catch (ParseException | JOSEException | RuntimeException notOurs) {
      // The parser throws unchecked exceptions at some JSON, such as a header that is null.
      return Optional.empty();
    }
  }

  private boolean isValidAt(Instant now, JWTClaimsSet claims) {
    Date from = claims.getNotBeforeTime();
    Date until = claims.getExpirationTime();
    return (from == null || !now.isBefore(from.toInstant()))
        && (until == null ? expiry == TokenExpiry.OPTIONAL : now.isBefore(until.toInstant()));
  }

  /** Says nothing of the secret. */
  @Override
  public String toString() {
    return "TokenKey";
  }
}
