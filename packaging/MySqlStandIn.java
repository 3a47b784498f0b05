import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;

/**
 * Stands in for mysqld in the agent's training run: lets everybody in over TLS, answers every
 * SELECT with one row and everything else with OK.
 *
 * @see <a href="https://dev.mysql.com/doc/dev/mysql-server/latest/PAGE_PROTOCOL.html">protocol</a>
 */
final class MySqlStandIn implements AutoCloseable {
  /** Protocol 4.1, TLS, transactions, long authentication data, several results, plugins. */
  private static final int CAPABILITIES = 0x002FAA0F;

  private static final String UUID = "00000000-0000-0000-0000-000000000001";
  private static final int AUTOCOMMIT = 2;
  private static final int EOF = 0xFE;

  /** What the next statements say of the server; whatever else is asked for is "1". */
  private final Map<String, String> values = new ConcurrentHashMap<>();

  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final ServerSocket server;
  private final SSLContext tls;

  MySqlStandIn(SSLContext tls) throws IOException {
    this.tls = tls;
    values.putAll(
        Map.of(
            "max_allowed_packet", "67108864",
            "time_zone", "UTC",
            "sql_mode", "",
            "init_connect", "",
            "isolation", "REPEATABLE-READ"));
    values.put("character_set", "utf8mb4");
    values.put("collation", "utf8mb4_0900_ai_ci");
    values.put("server_uuid", UUID);
    values.put("gtid_", UUID + ":1-5");
    values.put("transaction_set", UUID + ":1-5");
    values.put("service_state", "OFF");
    values.put("wait_sessions", "0");
    values.put("trx_started", "0");
    values.put("lock held", "");
    values.put("source_enabled", "0");
    this.server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    threads.execute(this::accept);
  }

  int port() {
    return server.getLocalPort();
  }

  private void accept() {
    while (!server.isClosed()) {
      try {
        Socket client = server.accept();
        threads.execute(() -> serve(client));
      } catch (IOException _) {
        return; // closed
      }
    }
  }

  private void serve(Socket plain) {
    try (plain) {
      new Wire(plain).write(0, greeting());
      new Wire(plain).read(); // the wish for TLS
      SSLSocket socket =
          (SSLSocket) tls.getSocketFactory().createSocket(plain, null, plain.getPort(), true);
      socket.setUseClientMode(false);
      Wire wire = new Wire(socket);
      wire.read(); // who it is
      wire.write(3, new byte[] {1, 3}); // caching_sha2_password: known, no full exchange needed
      wire.write(4, ok(0));
      while (true) {
        byte[] command = wire.read();
        if (command[0] == 1) {
          return;
        }
        answer(wire, new String(command, 1, command.length - 1, UTF_8));
      }
    } catch (IOException _) {
      // The client is gone.
    }
  }

  private void obey(String statement) {
    if (statement.startsWith("STOP REPLICA") || statement.startsWith("START REPLICA")) {
      values.put("service_state", statement.startsWith("STOP") ? "OFF" : "ON");
    }
    if (statement.contains("read_only =")) {
      values.put("super_read_only", statement.endsWith("ON") ? "1" : "0");
    }
    if (statement.contains("source_enabled =")) {
      values.put("source_enabled", statement.endsWith("ON") ? "1" : "0");
    }
  }

  private void answer(Wire wire, String command) throws IOException {
    String query = command.replaceFirst("(?s)^/\\*.*?\\*/", "").strip();
    if (!query.regionMatches(true, 0, "SELECT", 0, 6)) {
      obey(query);
      wire.write(1, ok(0));
      return;
    }
    List<String> columns = columns(query.substring(6));
    int sequence = 1;
    wire.write(sequence++, new byte[] {(byte) columns.size()});
    for (String column : columns) {
      wire.write(sequence++, definition(column));
    }
    wire.write(sequence++, eof());
    ByteArrayOutputStream row = new ByteArrayOutputStream();
    columns.forEach(c -> string(row, value(c)));
    wire.write(sequence++, row.toByteArray());
    wire.write(sequence, eof());
  }

  /** Between the commas of the outermost level, up to its FROM. */
  private static List<String> columns(String list) {
    List<String> columns = new ArrayList<>();
    int depth = 0;
    int start = 0;
    int i = 0;
    while (i < list.length()) {
      char c = list.charAt(i);
      depth += c == '(' ? 1 : c == ')' ? -1 : 0;
      if (depth == 0 && list.regionMatches(true, i, "FROM ", 0, 5)) {
        break;
      }
      if (depth == 0 && c == ',') {
        columns.add(list.substring(start, i).strip());
        start = i + 1;
      }
      i++;
    }
    columns.add(list.substring(start, i).strip());
    return columns.stream().map(c -> c.replaceFirst("(?s).* AS ", "")).toList();
  }

  private String value(String column) {
    return values.entrySet().stream()
        .filter(e -> column.toLowerCase(Locale.ROOT).contains(e.getKey()))
        .map(Map.Entry::getValue)
        .findFirst()
        .orElse("1");
  }

  private static byte[] greeting() {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.write(10);
    out.writeBytes("9.5.0\0".getBytes(UTF_8));
    number(out, 1, 4);
    out.writeBytes("12345678\0".getBytes(UTF_8));
    number(out, CAPABILITIES & 0xFFFF, 2);
    out.write(255); // utf8mb4_0900_ai_ci
    number(out, AUTOCOMMIT, 2);
    number(out, CAPABILITIES >>> 16, 2);
    out.write(21); // bytes of authentication data, in two parts
    out.writeBytes(new byte[10]);
    out.writeBytes("123456789012\0".getBytes(UTF_8));
    out.writeBytes("caching_sha2_password\0".getBytes(UTF_8));
    return out.toByteArray();
  }

  private static byte[] ok(int header) {
    return new byte[] {(byte) header, 0, 0, AUTOCOMMIT, 0, 0, 0};
  }

  private static byte[] eof() {
    return new byte[] {(byte) EOF, 0, 0, AUTOCOMMIT, 0};
  }

  private static byte[] definition(String column) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    String name = column.length() > 60 ? column.substring(0, 60) : column;
    for (String part : List.of("def", "", "", "", name, name)) {
      string(out, part);
    }
    out.write(12); // bytes of what follows
    number(out, 255, 2);
    number(out, 1024, 4);
    out.write(253); // VAR_STRING
    number(out, 0, 2);
    out.write(0);
    number(out, 0, 2);
    return out.toByteArray();
  }

  private static void string(ByteArrayOutputStream out, String text) {
    byte[] bytes = text.getBytes(UTF_8);
    out.write(bytes.length); // one byte up to 250
    out.writeBytes(bytes);
  }

  private static void number(ByteArrayOutputStream out, int value, int bytes) {
    for (int i = 0; i < bytes; i++) {
      out.write(value >>> (8 * i));
    }
  }

  @Override
  public void close() throws IOException {
    server.close();
    threads.shutdownNow();
  }

  /** Packets: three bytes of length, one of sequence, the payload. */
  private record Wire(DataInputStream in, OutputStream out) {
    Wire(Socket socket) throws IOException {
      this(new DataInputStream(socket.getInputStream()), socket.getOutputStream());
    }

    byte[] read() throws IOException {
      int length = in.readUnsignedByte() | in.readUnsignedByte() << 8 | in.readUnsignedByte() << 16;
      in.readByte();
      return in.readNBytes(length);
    }

    void write(int sequence, byte[] payload) throws IOException {
      byte[] packet = new byte[payload.length + 4];
      packet[0] = (byte) payload.length;
      packet[1] = (byte) (payload.length >>> 8);
      packet[2] = (byte) (payload.length >>> 16);
      packet[3] = (byte) sequence;
      System.arraycopy(payload, 0, packet, 4, payload.length);
      out.write(packet);
      out.flush();
    }
  }
}
