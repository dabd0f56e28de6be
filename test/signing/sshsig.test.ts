import { execFileSync, spawnSync } from "node:child_process";
import { generateKeyPairSync, sign } from "node:crypto";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer, type Server } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { fingerprintOf, lineOf, publicKeyOf } from "../../src/signing/public-key.ts";
import { openSigner, type Signer } from "../../src/signing/signer.ts";
import { decodeSignature, encodeSignature, isSignatureOf, signedBytes } from "../../src/signing/sshsig.ts";
import { wireString, wireUint32 } from "../../src/signing/wire.ts";
import { privateKeyFile, TEST_KEY } from "./key.ts";

const folder = mkdtempSync(join(tmpdir(), "signing-"));
afterAll(() => rmSync(folder, { recursive: true }));

const has = (tool: string): boolean => spawnSync("which", [tool]).status === 0;
const settings = { identity: "audit@example.com", namespace: "release-evidence" };
const around = { directory: folder, env: {} };
const message = Buffer.from("what is signed\n");

writeFileSync(join(folder, "key"), privateKeyFile(TEST_KEY));
const open = (key: string, env = {}) => openSigner({ ...settings, key }, { directory: folder, env });

async function signatureFile(signer: Signer): Promise<string> {
  const signature = await signer.sign(signedBytes(signer.namespace, message));
  return encodeSignature({ key: signer.publicKey, namespace: signer.namespace, signature });
}

describe("a signature", () => {
  test("reads as it was written, and is of this message alone", async () => {
    const found = decodeSignature(Buffer.from(await signatureFile(await open("key"))));
    expect(found.namespace).toBe("release-evidence");
    expect(isSignatureOf(found, message)).toBe(true);
    expect(isSignatureOf(found, Buffer.from("something else\n"))).toBe(false);
    expect(isSignatureOf({ ...found, namespace: "git" }, message)).toBe(false);
  });

  test("is noticed to be another whichever bit of its file is flipped", async () => {
    const file = Buffer.from(await signatureFile(await open("key")));
    const { publicKey } = await open("key");
    for (let bit = 0; bit < file.length * 8; bit++) {
      const flipped = Buffer.from(file);
      flipped[bit >> 3]! ^= 1 << (bit & 7);
      expect(isStillGood(flipped, publicKey), `bit ${bit}`).toBe(false);
    }
  });

  test.skipIf(!has("ssh-keygen"))("is one to ssh-keygen, which makes the same", async () => {
    const signer = await open("key");
    const ours = await signatureFile(signer);
    writeFileSync(join(folder, "message"), message);
    writeFileSync(join(folder, "ours.sig"), ours);
    writeFileSync(join(folder, "allowed"), `audit@example.com ${lineOf(signer.publicKey)}\n`);
    const said = execFileSync(
      "ssh-keygen",
      [..."-Y verify -f allowed -I audit@example.com -n release-evidence -s ours.sig".split(" ")],
      { cwd: folder, input: message, encoding: "utf8" },
    );
    expect(said).toContain(
      `Good "release-evidence" signature for audit@example.com with ED25519 key ${signer.fingerprint}`,
    );
    execFileSync("chmod", ["600", join(folder, "key")]);
    execFileSync("ssh-keygen", "-Y sign -q -f key -n release-evidence message".split(" "), { cwd: folder });
    expect(readFileSync(join(folder, "message.sig"), "utf8")).toBe(ours);
  });
});

function isStillGood(file: Buffer, key: Buffer): boolean {
  try {
    const found = decodeSignature(file);
    return found.namespace === settings.namespace && found.key.equals(key) && isSignatureOf(found, message);
  } catch {
    return false;
  }
}

describe("a key that cannot sign is named with the way out", () => {
  const refusal = (key: string, env = {}) => expect(open(key, env)).rejects;

  test("a file that is not there", () =>
    refusal("nowhere").toThrow(/there is no file nowhere; `ssh-keygen -t ed25519/));

  test("an encrypted key", async () => {
    writeFileSync(join(folder, "locked"), privateKeyFile(TEST_KEY, { cipher: "aes256-ctr" }));
    await refusal("locked").toThrow(/encrypted with a passphrase: hand it to ssh-agent/);
  });

  test("a key of another type", async () => {
    writeFileSync(join(folder, "rsa"), privateKeyFile(TEST_KEY, { type: "ssh-rsa" }));
    await refusal("rsa").toThrow(/is a key of type ssh-rsa: expected Ed25519/);
  });

  test("a file that is cut short says nothing of what it holds", async () => {
    const whole = privateKeyFile(TEST_KEY);
    writeFileSync(join(folder, "short"), `${whole.slice(0, 150)}\n-----END OPENSSH PRIVATE KEY-----\n`);
    const error = await open("short").catch((reason: unknown) => reason);
    expect(String(error)).toMatch(/short it ends too early/);
    for (const line of whole.split("\n").slice(1, -2)) expect(String(error)).not.toContain(line.slice(0, 20));
  });

  test("another kind of file", async () => {
    writeFileSync(join(folder, "other"), "-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n");
    await refusal("other").toThrow(/no private key in OpenSSH's own form/);
  });

  test("an agent that is not there", async () => {
    const fingerprint = (await openSigner({ ...settings, key: "key" }, around)).fingerprint;
    await refusal(`agent:${fingerprint}`).toThrow(/SSH_AUTH_SOCK is not set/);
    await refusal(`agent:${fingerprint}`, { SSH_AUTH_SOCK: join(folder, "none") }).toThrow(
      /ssh-agent did not sign/,
    );
    await refusal("agent:me", { SSH_AUTH_SOCK: "x" }).toThrow(/a fingerprint as `ssh-add -l` prints it/);
  });
});

describe("an agent", () => {
  const pair = generateKeyPairSync("ed25519");
  const key = publicKeyOf(Buffer.from(pair.publicKey.export({ format: "jwk" }).x!, "base64url"));

  test("signs with the key that is asked for, named by fingerprint or by public key file", async () => {
    const socket = await agentWith((data) => sign(null, data, pair.privateKey));
    writeFileSync(join(folder, "agent.pub"), `${lineOf(key)} somebody\n`);
    for (const name of [`agent:${fingerprintOf(key)}`, "agent.pub"]) {
      const signer = await open(name, { SSH_AUTH_SOCK: socket });
      expect(isSignatureOf(decodeSignature(Buffer.from(await signatureFile(signer))), message)).toBe(true);
    }
    await expect(open("agent:SHA256:" + "A".repeat(43), { SSH_AUTH_SOCK: socket })).rejects.toThrow(
      /does not hold the key/,
    );
  });

  test("is not believed where its signature is none", async () => {
    const socket = await agentWith(() => Buffer.alloc(64, 7));
    const signer = await open(`agent:${fingerprintOf(key)}`, { SSH_AUTH_SOCK: socket });
    await expect(signer.sign(message)).rejects.toThrow(/its signature is not of that key/);
  });

  test("that refuses is said to have refused", async () => {
    const socket = await agentWith(() => undefined);
    const signer = await open(`agent:${fingerprintOf(key)}`, { SSH_AUTH_SOCK: socket });
    await expect(signer.sign(message)).rejects.toThrow(/ssh-agent did not sign: it refused/);
  });

  const servers: Server[] = [];
  afterAll(() => servers.forEach((server) => server.close()));

  /** An agent on a socket of its own, which answers in two pieces, as sockets may. */
  async function agentWith(signed: (data: Buffer) => Buffer | undefined): Promise<string> {
    const server = createServer((socket) => {
      socket.on("data", (request: Buffer) => {
        const answer = wireString(answerTo(request.subarray(4), signed));
        socket.write(answer.subarray(0, 3));
        setImmediate(() => socket.write(answer.subarray(3)));
      });
    });
    servers.push(server);
    const path = join(folder, `agent-${servers.length}`);
    await new Promise<void>((resolve) => server.listen(path, resolve));
    return path;
  }

  function answerTo(request: Buffer, signed: (data: Buffer) => Buffer | undefined): Buffer {
    if (request[0] === 11)
      return Buffer.concat([Buffer.from([12]), wireUint32(1), wireString(key), wireString("comment")]);
    const start = 1 + 4 + key.length;
    const signature = signed(request.subarray(start + 4, start + 4 + request.readUInt32BE(start)));
    if (signature === undefined) return Buffer.from([5]);
    return Buffer.concat([
      Buffer.from([14]),
      wireString(Buffer.concat([wireString("ssh-ed25519"), wireString(signature)])),
    ]);
  }
});
