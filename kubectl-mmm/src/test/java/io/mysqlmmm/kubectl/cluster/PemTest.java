package io.mysqlmmm.kubectl.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.interfaces.ECPrivateKey;
import java.util.Arrays;
import java.util.Base64;
import org.junit.jupiter.api.Test;

class PemTest {
  /** openssl ecparam -name prime256v1 -genkey; guards nothing. */
  private static final String SEC1_P256 =
      """
      -----BEGIN EC PARAMETERS-----
      BggqhkjOPQMBBw==
      -----END EC PARAMETERS-----
      -----BEGIN EC PRIVATE KEY-----
      MHcCAQEEIGm7XqwjSX2KZ0Tt6aSKEc53hXTCp+fra+GXIeg8fTpCoAoGCCqGSM49
      AwEHoUQDQgAELj0lMIZ158eQQ+CgTyl3N73gZfHwArnei5G0FYtRjOH+xIGaVVW5
      Zq0iGy5ajlqLTbvO+SJKkvvNHO8CTt37kA==
      -----END EC PRIVATE KEY-----
      """;

  /** openssl ecparam -name secp384r1 -genkey -noout; its outer length takes two bytes. */
  private static final String SEC1_P384 =
      """
      -----BEGIN EC PRIVATE KEY-----
      MIGkAgEBBDDb+jJ9oNM0wv5MRbM8PXLk+NE63mxaNFg5scMY452Rb5+AVf7Yuanf
      wGk+1PFtb9qgBwYFK4EEACKhZANiAAR0VP59aCKggMLGsQ88rZW/Ulw8YK7A6zrc
      6Ym+BGFkX0m0ELM8wWFXZ/wIAx/EQHUARV+Yp3rMZC3BeKrIpfFzHJHlWWgFnoqU
      bZs3JTZZ2GbdJDjYtMFWq9ra3rXxrbI=
      -----END EC PRIVATE KEY-----
      """;

  /** From the AlgorithmIdentifier to the PKCS#1 key inside a PKCS#8 RSA key of 2048 bits. */
  private static final int PKCS1_OFFSET = 26;

  private static String pem(String type, byte[] der) {
    String base64 = Base64.getMimeEncoder().encodeToString(der);
    return "-----BEGIN %1$s-----\n%2$s\n-----END %1$s-----\n".formatted(type, base64);
  }

  @Test
  void readsTheEllipticCurveKeysOfOpensslAndK3s() throws Exception {
    PrivateKey p256 = Pem.privateKey(SEC1_P256);
    PrivateKey p384 = Pem.privateKey(SEC1_P384);

    assertThat(((ECPrivateKey) p256).getParams().getOrder().bitLength()).isEqualTo(256);
    assertThat(((ECPrivateKey) p256).getS().toString(16)).startsWith("69bb5eac23497d8a");
    assertThat(((ECPrivateKey) p384).getParams().getOrder().bitLength()).isEqualTo(384);
    assertThat(((ECPrivateKey) p384).getS().toString(16)).startsWith("dbfa327da0d334c2");
  }

  @Test
  void readsRsaKeysInBothForms() throws Exception {
    KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
    generator.initialize(2048);
    PrivateKey key = generator.generateKeyPair().getPrivate();
    byte[] pkcs8 = key.getEncoded();
    byte[] pkcs1 = Arrays.copyOfRange(pkcs8, PKCS1_OFFSET, pkcs8.length);

    assertThat(Pem.privateKey(pem("PRIVATE KEY", pkcs8))).isEqualTo(key);
    assertThat(Pem.privateKey(pem("RSA PRIVATE KEY", pkcs1))).isEqualTo(key);
  }

  @Test
  void readsEdwardsKeys() throws Exception {
    PrivateKey key = KeyPairGenerator.getInstance("Ed25519").generateKeyPair().getPrivate();

    assertThat(Pem.privateKey(pem("PRIVATE KEY", key.getEncoded()))).isEqualTo(key);
  }

  @Test
  void saysWhatIsWrong() {
    assertThatThrownBy(() -> Pem.privateKey("nothing"))
        .hasMessage("The kubeconfig's client key is not an unencrypted private key in PEM.");
    assertThatThrownBy(() -> Pem.privateKey(pem("PRIVATE KEY", new byte[] {1, 2, 3})))
        .hasMessage("The client key in the kubeconfig cannot be read.");
    assertThatThrownBy(() -> Pem.privateKey(pem("EC PRIVATE KEY", new byte[] {0x30, 1})))
        .hasMessage("The client key in the kubeconfig cannot be read.");
    assertThatThrownBy(() -> Pem.certificates("nothing"))
        .hasMessage("The kubeconfig has no certificate where one is expected.");
  }
}
