import type { List, Node } from "../client/lists.ts";
import { find } from "../client/found.ts";
import type { Repository, Session } from "../session.ts";

interface Release {
  readonly node_id: string;
  readonly assets: readonly { readonly node_id: string; readonly digest?: string | null }[];
}

const PAGE = 100;

/**
 * Digests of assets: only REST has them. Releases are listed newest first, and those that changed are mostly new, so
 * the list is read page by page for as long as one of them is not on it.
 */
export class Digests {
  readonly #session: Session;
  readonly #repository: Repository;
  readonly #releases = new Map<string, ReadonlyMap<string, string | null>>();
  #page = 0;
  /** Whether GitHub gave every list that was asked for. */
  isWhole = true;

  constructor(session: Session, repository: Repository) {
    this.#session = session;
    this.#repository = repository;
  }

  /** The assets of a release, each with its digest; null where GitHub has none, as for old ones. */
  async into(assets: List, release: Node): Promise<List> {
    if (assets.nodes.length === 0) return assets;
    const digests = await this.#of(release.id);
    return { ...assets, nodes: assets.nodes.map((node) => node && { ...node, digest: digests?.get(node.id) ?? null }) };
  }

  async #of(id: string): Promise<ReadonlyMap<string, string | null> | undefined> {
    while (!this.#releases.has(id) && this.#page !== Infinity) await this.#more();
    return this.#releases.get(id);
  }

  async #more(): Promise<void> {
    this.#page += 1;
    const path = `/repos/${this.#repository.nameWithOwner}/releases?per_page=${PAGE}&page=${this.#page}`;
    const found = await find<readonly Release[]>(this.#session.github, path);
    if (found.kind !== "found") this.isWhole = false;
    const releases = found.kind === "found" ? found.body : [];
    for (const { node_id: id, assets } of releases)
      this.#releases.set(id, new Map(assets.map((asset) => [asset.node_id, asset.digest ?? null])));
    if (releases.length < PAGE) this.#page = Infinity;
  }
}
