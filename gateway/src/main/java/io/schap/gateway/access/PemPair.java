package io.schap.gateway.access;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Certificates and the private key of the first of them, out of PEM files. The two are read one after the other, and a TLS
 * library notices a pair that does not fit at the first handshake only, when it is too late: so they are tried here.
 *
 * @param chain the server's own certificate, then those that vouch for it.
 * @param key   of the first.
 */
@SuppressWarnings("ArrayRecordComponent") // handed on once and compared by nobody
record PemPair(X509Certificate[] chain, PrivateKey key) {

    private static final Pattern KEY =
            Pattern.compile("-----BEGIN PRIVATE KEY-----\\s+([A-Za-z0-9+/=\\s]+)-----END PRIVATE KEY-----");
    private static final byte[] PROBE = "do the two belong together?".getBytes(StandardCharsets.US_ASCII);

    /**
     * Reads both.
     *
     * @throws IOException              when a file cannot be read.
     * @throws GeneralSecurityException when it holds something else, or the two do not fit.
     */
    static PemPair read(final Path certificate, final Path key) throws IOException, GeneralSecurityException {
        final X509Certificate[] chain;
        try (InputStream in = Files.newInputStream(certificate)) {
            chain = CertificateFactory.getInstance("X.509").generateCertificates(in).stream()
                    .map(X509Certificate.class::cast)
                    .toArray(X509Certificate[]::new);
        }
        if (chain.length == 0) {
            throw new GeneralSecurityException("there is no certificate in " + certificate);
        }
        final Matcher pem = KEY.matcher(Files.readString(key, StandardCharsets.ISO_8859_1));
        if (!pem.find()) {
            throw new GeneralSecurityException("there is no BEGIN PRIVATE KEY (PKCS#8, not encrypted) in the key file; "
                    + "`openssl pkcs8 -topk8 -nocrypt` makes one of other forms");
        }
        final PublicKey wanted = chain[0].getPublicKey();
        final PrivateKey found;
        try {
            found = KeyFactory.getInstance(wanted.getAlgorithm())
                    .generatePrivate(
                            new PKCS8EncodedKeySpec(Base64.getMimeDecoder().decode(pem.group(1))));
        } catch (final IllegalArgumentException e) {
            throw new GeneralSecurityException("the key is not Base64", e);
        }
        final PemPair pair = new PemPair(chain, found);
        pair.check(wanted);
        return pair;
    }

    private void check(final PublicKey wanted) throws GeneralSecurityException {
        final String algorithm = switch (wanted.getAlgorithm()) {
            case "RSA" -> "SHA256withRSA";
            case "EC" -> "SHA256withECDSA";
            default -> wanted.getAlgorithm();
        };
        final Signature signature = Signature.getInstance(algorithm);
        signature.initSign(key);
        signature.update(PROBE);
        final byte[] signed = signature.sign();
        signature.initVerify(wanted);
        signature.update(PROBE);
        if (!signature.verify(signed)) {
            throw new GeneralSecurityException("the key is not that of the certificate");
        }
    }
}
