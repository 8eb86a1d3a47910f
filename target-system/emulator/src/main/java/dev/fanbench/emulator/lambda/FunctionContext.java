package dev.fanbench.emulator.lambda;

import com.amazonaws.services.lambda.runtime.ClientContext;
import com.amazonaws.services.lambda.runtime.CognitoIdentity;
import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.LambdaLogger;
import dev.fanbench.emulator.template.FunctionDefinition;
import dev.fanbench.target.DeadlineClock;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.UUID;

/** The context of one invocation, for its handler; its time runs from now. */
final class FunctionContext implements Context {
  private static final LambdaLogger LOGGER = new StandardError();

  private final FunctionDefinition function;
  private final String requestId = UUID.randomUUID().toString();
  private final DeadlineClock deadline;

  FunctionContext(FunctionDefinition function) {
    this.function = function;
    this.deadline = new DeadlineClock(function.timeout());
  }

  @Override
  public String getAwsRequestId() {
    return requestId;
  }

  @Override
  public String getLogGroupName() {
    return "/aws/lambda/" + function.arn().name();
  }

  @Override
  public String getLogStreamName() {
    return "local";
  }

  @Override
  public String getFunctionName() {
    return function.arn().name();
  }

  @Override
  public String getFunctionVersion() {
    return "$LATEST";
  }

  @Override
  public String getInvokedFunctionArn() {
    return function.arn().toString();
  }

  @Override
  public CognitoIdentity getIdentity() {
    return null;
  }

  @Override
  public ClientContext getClientContext() {
    return null;
  }

  @Override
  public int getRemainingTimeInMillis() {
    return (int) Duration.ofNanos(deadline.leftNanos()).toMillis();
  }

  @Override
  public int getMemoryLimitInMB() {
    return function.memoryMegabytes();
  }

  @Override
  public LambdaLogger getLogger() {
    return LOGGER;
  }

  private static final class StandardError implements LambdaLogger {
    @Override
    public void log(String message) {
      System.err.println(message);
    }

    @Override
    public void log(byte[] message) {
      log(new String(message, StandardCharsets.UTF_8));
    }
  }
}
