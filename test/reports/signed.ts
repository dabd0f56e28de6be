import { createPrivateKey, sign } from "node:crypto";
import { publicHalf, TEST_KEY } from "../signing/key.ts";
import { fingerprintOf, publicKeyOf } from "../../src/signing/public-key.ts";
import type { Signer } from "../../src/signing/signer.ts";

/** Signs with the key of a seed, as a key file would. */
export function signerOf(seed: Buffer = TEST_KEY): Signer {
  const raw = publicHalf(seed);
  const jwk = { kty: "OKP", crv: "Ed25519", x: raw.toString("base64url"), d: seed.toString("base64url") };
  const key = createPrivateKey({ key: jwk, format: "jwk" });
  const publicKey = publicKeyOf(raw);
  return {
    publicKey,
    fingerprint: fingerprintOf(publicKey),
    identity: "audit@example.com",
    namespace: "release-evidence",
    sign: async (data) => sign(null, data, key),
  };
}
