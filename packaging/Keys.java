import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/** Throw-away keys with certificates of one throw-away authority, made by keytool. */
final class Keys {
  private static final String PASSWORD = "training";
  private final Path file;
  private final Path log;

  /** Makes the authority; its files go to {@code directory}. */
  Keys(Path directory) throws Exception {
    file = directory.resolve("keys.p12");
    log = directory.resolve("keytool.log");
    Files.deleteIfExists(file);
    generate("ca", "CN=training authority", List.of("-ext", "bc:c"));
  }

  /** Makes a key for 127.0.0.1 with a certificate of the authority. */
  void issue(String alias, String name) throws Exception {
    generate(alias, name, List.of("-signer", "ca", "-ext", "san=ip:127.0.0.1"));
  }

  private void generate(String alias, String name, List<String> more) throws Exception {
    List<String> line = new ArrayList<>();
    line.add(Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
    line.addAll(List.of("-genkeypair", "-keyalg", "EC", "-groupname", "secp256r1"));
    line.addAll(List.of("-keystore", file.toString(), "-storepass", PASSWORD));
    line.addAll(List.of("-alias", alias, "-dname", name));
    line.addAll(more);
    Process keytool =
        new ProcessBuilder(line).redirectErrorStream(true).redirectOutput(log.toFile()).start();
    if (keytool.waitFor() != 0) {
      throw new IllegalStateException(Files.readString(log));
    }
  }

  String authorityPem() throws Exception {
    return pem("CERTIFICATE", store().getCertificate("ca").getEncoded());
  }

  String certificatePem(String alias) throws Exception {
    return pem("CERTIFICATE", store().getCertificate(alias).getEncoded());
  }

  String keyPem(String alias) throws Exception {
    return pem("PRIVATE KEY", store().getKey(alias, PASSWORD.toCharArray()).getEncoded());
  }

  /** Shows the key of {@code alias} and trusts the authority. */
  SSLContext context(String alias) throws Exception {
    KeyStore all = store();
    KeyStore one = KeyStore.getInstance("PKCS12");
    one.load(null, null);
    Certificate[] chain = all.getCertificateChain(alias);
    one.setKeyEntry(alias, all.getKey(alias, PASSWORD.toCharArray()), new char[0], chain);
    KeyManagerFactory own = KeyManagerFactory.getInstance("PKIX");
    own.init(one, new char[0]);
    KeyStore authority = KeyStore.getInstance("PKCS12");
    authority.load(null, null);
    authority.setCertificateEntry("ca", all.getCertificate("ca"));
    TrustManagerFactory trusted = TrustManagerFactory.getInstance("PKIX");
    trusted.init(authority);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(own.getKeyManagers(), trusted.getTrustManagers(), null);
    return context;
  }

  private KeyStore store() throws Exception {
    return KeyStore.getInstance(file.toFile(), PASSWORD.toCharArray());
  }

  private static String pem(String type, byte[] der) throws IOException {
    String base64 = Base64.getMimeEncoder(64, "\n".getBytes(US_ASCII)).encodeToString(der);
    return "-----BEGIN %1$s-----\n%2$s\n-----END %1$s-----\n".formatted(type, base64);
  }
}
