import { connect, type Socket } from "node:net";
import type { PublicKey } from "./public-key.ts";
import { signatureOf } from "./sshsig.ts";
import { Malformed, WireReader, wireString, wireUint32 } from "./wire.ts";

/** Numbers of messages (draft-ietf-sshm-ssh-agent). */
const REQUEST_IDENTITIES = 11;
const IDENTITIES_ANSWER = 12;
const SIGN_REQUEST = 13;
const SIGN_RESPONSE = 14;

const LONGEST_ANSWER = 1 << 20;
/** Some agents ask a person, or wait for a touch of a token. */
const PATIENCE = 60_000;

/** The public keys that the agent holds, of whatever type. */
export async function agentKeys(socket: string): Promise<PublicKey[]> {
  const reader = await ask(socket, IDENTITIES_ANSWER, Buffer.from([REQUEST_IDENTITIES]));
  return Array.from({ length: reader.uint32() }, () => {
    const key = Buffer.from(reader.string());
    reader.string();
    return key;
  });
}

/** The agent's signature of `data` as it is: 64 bytes of Ed25519. */
export async function agentSignature(socket: string, key: PublicKey, data: Uint8Array): Promise<Buffer> {
  const request = [Buffer.from([SIGN_REQUEST]), wireString(key), wireString(data), wireUint32(0)];
  const reader = await ask(socket, SIGN_RESPONSE, Buffer.concat(request));
  return signatureOf(reader.string());
}

async function ask(socket: string, expected: number, message: Buffer): Promise<WireReader> {
  const answer = await answerTo(socket, wireString(message));
  const reader = new WireReader(answer);
  if (reader.take(1)[0] !== expected) throw new Malformed("it refused");
  return reader;
}

function answerTo(path: string, request: Buffer): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const socket = connect(path);
    let received = Buffer.alloc(0);
    socket.setTimeout(PATIENCE, () => socket.destroy(new Malformed("it did not answer within a minute")));
    socket.on("error", reject);
    socket.on("end", () => reject(new Malformed("it broke off")));
    socket.on("data", (chunk: Buffer) => {
      received = Buffer.concat([received, chunk]);
      const answer = wholeAnswer(received, socket);
      if (answer === undefined) return;
      socket.destroy();
      resolve(answer);
    });
    socket.write(request);
  });
}

function wholeAnswer(received: Buffer, socket: Socket): Buffer | undefined {
  if (received.length < 4) return undefined;
  const length = received.readUInt32BE();
  if (length > LONGEST_ANSWER) socket.destroy(new Malformed("its answer is too long"));
  return received.length < 4 + length ? undefined : received.subarray(4, 4 + length);
}
