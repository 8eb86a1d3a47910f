/** Direct messages between the connections of a WebSocket API. */
package example;
