package io.mysqlmmm.agent.server;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsParameters;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.security.GeneralSecurityException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;

/**
 * The agent's one port: HTTPS, TLS 1.3, a client certificate of our CA required. Each request has
 * its own virtual thread, handshake included, so a slow client holds up nobody else.
 */
public final class AgentServer implements AutoCloseable {
  private final HttpsServer server;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

  static {
    // Seconds; read once, when the first server is made.
    System.setProperty("sun.net.httpserver.maxReqTime", "10");
    System.setProperty("sun.net.httpserver.maxRspTime", "60");
    System.setProperty("sun.net.httpserver.idleInterval", "60");
    System.setProperty("sun.net.httpserver.nodelay", "true");
    System.setProperty("jdk.httpserver.maxConnections", "200");
  }

  /** Binds the port; 0: any. */
  public AgentServer(int port, Tls tls, Endpoints endpoints)
      throws IOException, GeneralSecurityException {
    this.server = HttpsServer.create(new InetSocketAddress(port), 50);
    server.setHttpsConfigurator(new MutualTls(tls.context()));
    server.setExecutor(threads);
    server.createContext("/", endpoints::handle);
  }

  /** Takes requests from now on. */
  public void start() {
    server.start();
  }

  /** The port that was bound. */
  public int port() {
    return server.getAddress().getPort();
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }

  private static final class MutualTls extends HttpsConfigurator {
    private MutualTls(SSLContext context) {
      super(context);
    }

    @Override
    public void configure(HttpsParameters parameters) {
      SSLParameters wanted = getSSLContext().getDefaultSSLParameters();
      wanted.setNeedClientAuth(true);
      wanted.setProtocols(new String[] {"TLSv1.3"});
      parameters.setSSLParameters(wanted);
    }
  }
}
