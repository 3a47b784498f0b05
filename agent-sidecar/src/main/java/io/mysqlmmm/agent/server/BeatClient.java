package io.mysqlmmm.agent.server;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.mysqlmmm.shared.agent.Beat;
import io.mysqlmmm.shared.agent.BootTime;
import io.mysqlmmm.shared.agent.Order.Source;
import io.mysqlmmm.shared.json.Json;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URI;
import java.security.GeneralSecurityException;
import java.time.Duration;
import javax.net.ssl.HttpsURLConnection;
import javax.net.ssl.SSLSocketFactory;

/**
 * Heartbeats to another host's agent, over one kept connection. Connecting and reading are bounded
 * by {@code bound} each.
 */
public final class BeatClient {
  private static final int LARGEST_ANSWER = 4096;

  private final ObjectMapper mapper = Json.mapper();
  private final SSLSocketFactory sockets;
  private final int port;
  private final int boundMillis;

  /**
   * @param port the agents' port, the same on all hosts of a pair
   */
  public BeatClient(Tls tls, int port, Duration bound) throws GeneralSecurityException {
    this.sockets = tls.context().getSocketFactory();
    this.port = port;
    this.boundMillis = Math.toIntExact(bound.toMillis());
  }

  /** Sends it; answers with the other agent's clock. */
  public BootTime beat(Source to, Beat beat) throws IOException {
    String address = to.address();
    String host = address.indexOf(':') < 0 ? address : "[" + address + "]";
    URI uri = URI.create("https://" + host + ":" + port + "/v1/beat");
    if (!(uri.toURL().openConnection() instanceof HttpsURLConnection connection)) {
      throw new IOException("no HTTPS in this runtime");
    }
    connection.setSSLSocketFactory(sockets);
    connection.setConnectTimeout(boundMillis);
    connection.setReadTimeout(boundMillis);
    connection.setRequestMethod("POST");
    connection.setDoOutput(true);
    connection.setRequestProperty("Content-Type", "application/json");
    byte[] body = mapper.writeValueAsBytes(beat);
    connection.setFixedLengthStreamingMode(body.length);
    try (OutputStream out = connection.getOutputStream()) {
      out.write(body);
    }
    try (InputStream in = connection.getInputStream()) {
      return mapper.readValue(in.readNBytes(LARGEST_ANSWER), BootTime.class);
    }
  }
}
