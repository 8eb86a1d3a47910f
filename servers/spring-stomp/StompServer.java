package chat;

import java.util.Map;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.messaging.simp.config.MessageBrokerRegistry;
import org.springframework.web.socket.config.annotation.EnableWebSocketMessageBroker;
import org.springframework.web.socket.config.annotation.StompEndpointRegistry;
import org.springframework.web.socket.config.annotation.WebSocketMessageBrokerConfigurer;

/**
 * Spring's simple broker of STOMP in memory, on Tomcat: the room is a topic. By default several
 * threads handle the messages of one client, which then change places. Here they keep their order,
 * received and published; all else is the default.
 */
@SpringBootConfiguration
@EnableAutoConfiguration
@EnableWebSocketMessageBroker
public class StompServer implements WebSocketMessageBrokerConfigurer {

  /** The argument is a port. */
  public static void main(String[] arguments) {
    SpringApplication server = new SpringApplication(StompServer.class);
    server.setDefaultProperties(Map.of("server.address", "127.0.0.1", "server.port", arguments[0]));
    server.run();
  }

  @Override
  public void registerStompEndpoints(StompEndpointRegistry endpoints) {
    endpoints.addEndpoint("/ws");
    endpoints.setPreserveReceiveOrder(true);
  }

  @Override
  public void configureMessageBroker(MessageBrokerRegistry broker) {
    broker.enableSimpleBroker("/topic");
    broker.setPreservePublishOrder(true);
  }
}
