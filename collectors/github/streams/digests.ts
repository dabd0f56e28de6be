import type { List, Node } from "../client/lists.ts";
import type { Found, RestList } from "../client/rest.ts";
import type { Repository, Session } from "../session.ts";

interface Release {
  readonly node_id: string;
  readonly assets: readonly { readonly node_id: string; readonly digest?: string | null }[];
}

/**
 * Digests of assets: only REST has them. Releases are listed newest first, and those that changed are mostly new, so
 * the list is read page by page for as long as one of them is not on it.
 */
export class Digests {
  readonly #pages: AsyncGenerator<Found<RestList<Release>>>;
  readonly #releases = new Map<string, ReadonlyMap<string, string | null>>();
  #isAtEnd = false;
  /** Whether GitHub gave every list that was asked for. */
  isWhole = true;

  constructor({ github }: Session, { nameWithOwner }: Repository) {
    this.#pages = github.pages(`/repos/${nameWithOwner}/releases?per_page=100`);
  }

  /** The assets of a release, each with its digest; null where GitHub has none, as for old ones. */
  async into(assets: List, release: Node): Promise<List> {
    if (assets.nodes.length === 0) return assets;
    const digests = await this.#of(release.id);
    return { ...assets, nodes: assets.nodes.map((node) => node && { ...node, digest: digests?.get(node.id) ?? null }) };
  }

  async #of(id: string): Promise<ReadonlyMap<string, string | null> | undefined> {
    while (!this.#releases.has(id) && !this.#isAtEnd) await this.#more();
    return this.#releases.get(id);
  }

  async #more(): Promise<void> {
    const next = await this.#pages.next();
    this.#isAtEnd = next.done === true;
    if (next.done === true) return;
    const page = next.value;
    this.isWhole &&= page.kind === "found";
    for (const { node_id: id, assets } of page.kind === "found" ? page.body.items : [])
      this.#releases.set(id, new Map(assets.map((asset) => [asset.node_id, asset.digest ?? null])));
  }
}
