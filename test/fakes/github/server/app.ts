import { createPublicKey, type KeyObject, verify } from "node:crypto";
import type { Instant } from "../world/records.ts";
import type { Schemas } from "../rest/present.ts";
import { simpleUser } from "../rest/present.ts";
import { actor } from "../world/repositories.ts";
import type { World } from "../world/world.ts";
import type { Permission, Token } from "./access.ts";
import { type Asked, type Reply, refusal, reply } from "./http.ts";

/** A GitHub App, installed in an organisation. */
export interface App {
  readonly id: number;
  readonly installationId: number;
  readonly organization: string;
  /** PEM. */
  readonly publicKey: string;
  readonly permissions?: Token["permissions"];
  readonly repositories?: readonly string[];
}

interface Claims {
  readonly iss?: string | number;
  readonly exp?: number;
}

export interface AppDesk {
  readonly app: App;
  readonly world: World;
  readonly clock: () => number;
  /** Makes a token known. */
  readonly issue: (token: Token) => void;
}

let issued = 0;

/** What an App asks for with its own signature; undefined for all other paths. */
export function answerApp(asked: Asked, desk: AppDesk): Reply | undefined {
  const isOfApp = /^\/(app(\/.*)?|(orgs|users|repos)\/.+\/installation)$/.test(asked.path);
  if (!isOfApp) return undefined;
  if (!isSigned(asked, desk)) return refusal(401, "A JSON web token could not be decoded");
  const { app } = desk;
  if (asked.path === "/app") return reply(200, { id: app.id, slug: "quarterdeck", name: "Quarterdeck" });
  if (asked.path === "/app/installations") return reply(200, [installation(asked, desk)]);
  if (asked.path === `/app/installations/${app.installationId}/access_tokens`) return newToken(desk);
  if (asked.path === `/app/installations/${app.installationId}` || asked.path.endsWith("/installation"))
    return reply(200, installation(asked, desk));
  return refusal(404, "Not Found");
}

function isSigned({ headers }: Asked, { app, clock }: AppDesk): boolean {
  const [head = "", claims = "", signature = ""] =
    (headers["authorization"] ?? "").split(" ").at(-1)?.split(".") ?? [];
  if (!isGenuine(`${head}.${claims}`, signature, createPublicKey(app.publicKey))) return false;
  const { iss, exp } = JSON.parse(Buffer.from(claims, "base64url").toString()) as Claims;
  const now = clock() / 1000;
  // GitHub takes no signature that is good for more than ten minutes.
  return String(iss) === String(app.id) && exp !== undefined && exp > now && exp <= now + 660;
}

function isGenuine(text: string, signature: string, key: KeyObject): boolean {
  return verify("RSA-SHA256", Buffer.from(text), key, Buffer.from(signature, "base64url"));
}

function newToken({ app, clock, issue }: AppDesk): Reply {
  const expiresAt = new Date(clock() + 3_600_000);
  const token: Token = {
    token: `ghs_${String(++issued).padStart(36, "0")}`,
    kind: "installation",
    login: "quarterdeck[bot]",
    expiresAt,
    ...(app.permissions ? { permissions: app.permissions } : {}),
    ...(app.repositories ? { repositories: app.repositories } : {}),
  };
  issue(token);
  const body: Schemas["installation-token"] = {
    token: token.token,
    expires_at: wholeSeconds(expiresAt),
    permissions: permissionsOf(app),
    repository_selection: app.repositories ? "selected" : "all",
  };
  return reply(201, body);
}

const wholeSeconds = (date: Date): Instant => date.toISOString().replace(/\.\d+/, "");

const ALL: Readonly<Partial<Record<Permission, "read">>> = {
  actions: "read",
  administration: "read",
  checks: "read",
  contents: "read",
  deployments: "read",
  issues: "read",
  metadata: "read",
  pull_requests: "read",
};

const permissionsOf = ({ permissions }: App) => ({ ...(permissions ?? ALL), metadata: "read" as const });

function installation({ base }: Asked, { app, world }: AppDesk): Schemas["installation"] {
  const url = `${base}/app/installations/${app.installationId}`;
  return {
    id: app.installationId,
    account: simpleUser(base, actor(world, app.organization)),
    repository_selection: app.repositories ? "selected" : "all",
    access_tokens_url: `${url}/access_tokens`,
    repositories_url: `${base}/installation/repositories`,
    html_url: url,
    app_id: app.id,
    target_id: 1,
    target_type: "Organization",
    permissions: permissionsOf(app),
    events: [],
    created_at: "2025-01-01T00:00:00Z",
    updated_at: "2025-01-01T00:00:00Z",
    single_file_name: null,
    app_slug: "quarterdeck",
    suspended_by: null,
    suspended_at: null,
  };
}
