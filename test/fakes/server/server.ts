import {
  createServer,
  type IncomingHttpHeaders,
  type IncomingMessage,
  type Server,
  type ServerResponse,
} from "node:http";
import type { AddressInfo } from "node:net";

/** A request that came to where none should. */
export interface Strayed {
  readonly path: string;
  readonly headers: Readonly<IncomingHttpHeaders>;
}

/** A server on this machine, and beside it another origin, where no token may go. */
export abstract class FakeServer {
  /** What arrived at the other origin. */
  readonly strayed: Strayed[] = [];
  readonly #server = createServer((request, response) => void this.serve(request, response));
  readonly #other = createServer((request, response) => {
    const { pathname } = new URL(request.url ?? "/", this.elsewhere);
    this.strayed.push({ path: pathname, headers: request.headers });
    response.writeHead(200, { "content-type": "application/json" }).end("[]");
  });

  protected abstract serve(request: IncomingMessage, response: ServerResponse): void | Promise<void>;

  async listen(port?: number): Promise<this> {
    await Promise.all([listen(this.#server, port), listen(this.#other)]);
    return this;
  }

  get url(): string {
    return addressOf(this.#server);
  }

  get elsewhere(): string {
    return addressOf(this.#other);
  }

  async close(): Promise<void> {
    await Promise.all([stop(this.#server), stop(this.#other)]);
  }
}

/** Listens on this machine alone; where no port is asked for, on one that is free. */
export function listen(server: Server, port = 0): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, "127.0.0.1", resolve);
  });
}

export function stop(server: Server): Promise<void> {
  server.closeAllConnections();
  return new Promise((resolve) => server.close(() => resolve()));
}

export const addressOf = (server: Server) => `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
