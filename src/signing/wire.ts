/** Why bytes are not what they claim to be; whoever asked says where they stand. */
export class Malformed extends Error {}

/** Reads what SSH writes: numbers of four bytes, and strings that begin with their length (RFC 4251). */
export class WireReader {
  readonly #bytes: Buffer;
  #at = 0;

  constructor(bytes: Uint8Array) {
    this.#bytes = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  }

  uint32(): number {
    return this.take(4).readUInt32BE();
  }

  string(): Buffer {
    return this.take(this.uint32());
  }

  text(): string {
    return this.string().toString("utf8");
  }

  take(length: number): Buffer {
    if (length > this.#bytes.length - this.#at) throw new Malformed("it ends too early");
    this.#at += length;
    return this.#bytes.subarray(this.#at - length, this.#at);
  }

  expectEnd(): void {
    if (this.#at !== this.#bytes.length) throw new Malformed("something follows its end");
  }
}

export function wireUint32(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(value);
  return bytes;
}

export function wireString(content: Uint8Array | string): Buffer {
  const bytes = Buffer.from(content);
  return Buffer.concat([wireUint32(bytes.length), bytes]);
}
