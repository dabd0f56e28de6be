import type { Repository } from "../world/records.ts";
import { fullNameOf } from "../world/world.ts";

export type Permission =
  | "actions"
  | "administration"
  | "checks"
  | "contents"
  | "deployments"
  | "issues"
  | "metadata"
  | "organization_administration"
  | "pull_requests";

export interface Token {
  readonly token: string;
  readonly kind: "classic" | "fine-grained" | "installation" | "actions";
  /** Whose it is. */
  readonly login: string;
  /** Of a classic token. */
  readonly scopes?: readonly string[];
  /** Of all others; everything, where nothing is said. */
  readonly permissions?: Readonly<Partial<Record<Permission, "read" | "write">>>;
  /** Full names; all, where nothing is said. */
  readonly repositories?: readonly string[];
  readonly expiresAt?: Date;
  readonly pointsPerHour?: number;
}

/** What a token opens. */
export class Access {
  readonly token: Token;

  constructor(token: Token) {
    this.token = token;
  }

  sees(repository: Repository): boolean {
    const { kind, repositories, scopes } = this.token;
    if (repositories && !repositories.includes(fullNameOf(repository))) return false;
    return !repository.isPrivate || kind !== "classic" || (scopes ?? []).includes("repo");
  }

  /** Everything here only reads. */
  allows(permission: Permission): boolean {
    const { kind, permissions } = this.token;
    return kind === "classic" || !permissions || permission === "metadata" || permission in permissions;
  }

  get refusal(): string {
    return this.token.kind === "fine-grained"
      ? "Resource not accessible by personal access token"
      : "Resource not accessible by integration";
  }
}
