import type { Received } from "./answer.ts";
import type { GitHub } from "./github.ts";

/** What GitHub has at a REST address. */
export type Found<Body> =
  | { readonly kind: "found"; readonly body: Body; readonly etag: string | undefined }
  /** The same as when the ETag was given. */
  | { readonly kind: "unchanged" }
  /** Not there, or not to be seen by the token. */
  | { readonly kind: "absent"; readonly status: number; readonly said: string };

export async function find<Body>(github: GitHub, path: string, etag?: string): Promise<Found<Body>> {
  return foundIn<Body>(await github.get(path, etag));
}

/** A whole list, newest first as GitHub gives it: what is new shows on its first page, so the ETag is of that. */
export async function findAll<Item>(github: GitHub, path: string, etag?: string): Promise<Found<readonly Item[]>> {
  const items: Item[] = [];
  const join = path.includes("?") ? "&" : "?";
  for (let page = 1, first: string | undefined; ; page += 1) {
    const received = await github.get(`${path}${join}per_page=100&page=${page}`, page === 1 ? etag : undefined);
    const found = foundIn<readonly Item[]>(received);
    if (found.kind !== "found") return found;
    items.push(...found.body);
    if (page === 1) first = found.etag;
    if (!String(received.headers["link"] ?? "").includes('rel="next"')) return { kind: "found", body: items, etag: first };
  }
}

function foundIn<Body>({ status, headers, body }: Received): Found<Body> {
  if (status === 304) return { kind: "unchanged" };
  const { etag } = headers;
  if (status === 200) return { kind: "found", body: body as Body, etag: etag === undefined ? undefined : String(etag) };
  const { message } = (body ?? {}) as { readonly message?: unknown };
  return { kind: "absent", status, said: typeof message === "string" ? message : `status ${status}` };
}
