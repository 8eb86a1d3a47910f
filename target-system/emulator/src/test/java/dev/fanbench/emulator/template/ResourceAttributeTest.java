package dev.fanbench.emulator.template;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** References to resources and to their attributes, in a property that the emulator reads. */
class ResourceAttributeTest {
  private static final String TEMPLATE =
      """
      Resources:
        Api:
          Type: AWS::ApiGatewayV2::Api
          Properties: {ProtocolType: WEBSOCKET, RouteSelectionExpression: $request.body.action}
        Stage: {Type: AWS::ApiGatewayV2::Stage, Properties: {ApiId: !GetAtt Api.ApiId, StageName: dev}}
        Route:
          Type: AWS::ApiGatewayV2::Route
          Properties: {ApiId: !GetAtt Api.ApiId, RouteKey: $default, Target: !Sub "integrations/${Called}"}
        Called:
          Type: AWS::ApiGatewayV2::Integration
          Properties:
            ApiId: !Ref Api
            IntegrationType: AWS_PROXY
            IntegrationUri: !Sub "arn:aws:apigateway:${AWS::Region}:lambda:path/2015-03-31/functions/${Work.Arn}/invocations"
        Work:
          Type: AWS::Serverless::Function
          Properties: {Handler: test.Work, Environment: {Variables: {VALUE: OF_WORK}}}
        Other:
          Type: AWS::Serverless::Function
          Properties: {Handler: test.Other, Environment: {Variables: {VALUE: OF_OTHER}}}
        Rooms: {Type: AWS::Serverless::SimpleTable}
        Members: {Type: AWS::Serverless::SimpleTable, Properties: {TableName: members}}
        Topic: {Type: AWS::SNS::Topic}
        Jobs: {Type: AWS::SQS::Queue, Properties: {QueueName: !Sub "${AWS::StackName}-jobs"}}
        Role: {Type: AWS::IAM::Role}
        Flow: {Type: AWS::StepFunctions::StateMachine, Properties: {StateMachineName: flow}}
        Files: {Type: AWS::S3::Bucket, Properties: {BucketName: !ImportValue files}}
        Vpc: {Type: AWS::EC2::VPC}
        Live: {Type: AWS::Lambda::Alias, Properties: {FunctionName: !Ref Work, Name: live}}
      """;

  private static Template parse(String ofWork, String ofOther) {
    return Template.parse(
        TEMPLATE.replace("OF_WORK", ofWork).replace("OF_OTHER", ofOther), "eu-west-1", Map.of());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "!GetAtt Api.ApiEndpoint|wss://Api.execute-api.eu-west-1.amazonaws.com",
        "!GetAtt Api.ApiId|Api",
        "!GetAtt Other.Arn|arn:aws:lambda:eu-west-1:000000000000:function:Other",
        "!GetAtt Rooms.Arn|arn:aws:dynamodb:eu-west-1:000000000000:table/Rooms",
        "!GetAtt Members.Arn|arn:aws:dynamodb:eu-west-1:000000000000:table/members",
        "!GetAtt Topic.TopicArn|arn:aws:sns:eu-west-1:000000000000:Topic",
        "!Ref Topic|arn:aws:sns:eu-west-1:000000000000:Topic",
        "!GetAtt Jobs.Arn|arn:aws:sqs:eu-west-1:000000000000:fanbench-jobs",
        "!Ref Jobs|https://sqs.eu-west-1.amazonaws.com/000000000000/fanbench-jobs",
        "!GetAtt Role.Arn|arn:aws:iam::000000000000:role/Role",
        "!GetAtt Flow.Arn|arn:aws:states:eu-west-1:000000000000:stateMachine:flow",
        "!Sub '${Flow}'|arn:aws:states:eu-west-1:000000000000:stateMachine:flow",
        "!GetAtt Files.Arn|arn:aws:s3:::Files",
        "!GetAtt Live.AliasArn|arn:aws:lambda:eu-west-1:000000000000:function:Work:live"
      })
  void valueHasTheFormOfAws(String reference, String value) {
    FunctionDefinition function = parse(reference, "x").functions().get("Work");
    assertEquals(value, function.variables().get("VALUE"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "!GetAtt Vpc.CidrBlock|Work.Properties.Environment.Variables.VALUE takes CidrBlock of Vpc, a resource of type AWS::EC2::VPC; of those the emulator has no attribute",
        "!GetAtt Vpc.Arn|takes Arn of Vpc",
        "!GetAtt Topic.Arn|of those the emulator has TopicArn, TopicName",
        "!Sub '${Rooms.TableId}'|takes TableId of Rooms, a resource of type AWS::DynamoDB::Table; of those the emulator has Arn, StreamArn",
        "!GetAtt Api.Endpoint|takes Endpoint of Api, a resource of type AWS::ApiGatewayV2::Api; of those the emulator has ApiEndpoint, ApiId"
      })
  void unknownAttributeIsRefused(String reference, String sentence) {
    String message =
        assertThrows(TemplateException.class, () -> parse(reference, "x")).getMessage();
    assertTrue(message.contains(sentence), message);
  }

  @Test
  void unknownAttributeOfAFunctionThatNoRouteCallsStopsNothing() {
    Template template = parse("x", "!GetAtt Vpc.CidrBlock");
    assertTrue(template.functions().containsKey("Work"));
    assertTrue(
        template.unread().stream()
            .anyMatch(line -> line.startsWith("function Other, which no route calls: Other.")),
        template.unread()::toString);
  }
}
