import type { Credential, Resource } from "./credentials.ts";
import type { PageSize } from "./page-size.ts";

/** One thing that is asked, over all its tries. */
export class Call {
  readonly resource: Resource;
  readonly size: PageSize | undefined;
  /** Made anew for each try, since a page may be smaller by then. */
  readonly variables: (() => object) | undefined;
  /** Who asks; another one in the next try, where this one is refused or has to wait. */
  credential: Credential | undefined;
  /** Seconds to wait, by GitHub's last answer. */
  seconds: number | undefined;

  constructor(resource: Resource, variables?: () => object, size?: PageSize) {
    this.resource = resource;
    this.variables = variables;
    this.size = size;
  }
}
