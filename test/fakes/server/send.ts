import type { ServerResponse } from "node:http";

/** How an answer leaves the machine. */
export interface Sent {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly text: string;
  /** Breaks the connection after half of the text, once so many milliseconds have passed. */
  readonly breakAfter?: number;
}

export const halfOf = (text: string) => text.slice(0, Math.ceil(text.length / 2));

/** An answer of 304 says nothing of the text that it spares. */
export function send(response: ServerResponse, { status, headers, text, breakAfter }: Sent): void {
  const length = String(Buffer.byteLength(text));
  response.writeHead(status, { ...headers, ...(status !== 304 && { "content-length": length }) });
  if (breakAfter === undefined) return void response.end(text);
  response.write(halfOf(text));
  setTimeout(() => response.destroy(), breakAfter + 5);
}
