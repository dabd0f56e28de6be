import { createAppAuth } from "@octokit/auth-app";
import type { Octokit } from "@octokit/core";
import type { GitHubConfig } from "../config.ts";

export type Resource = "graphql" | "core";

export interface Rate {
  readonly remaining: number;
  /** What an hour gives. */
  readonly limit: number;
  /** When the hour is over, in milliseconds since 1970 of this machine. */
  readonly resetsAt: number;
}

/** One token, or an App that gets tokens of its own, with what is left of its hour. */
export interface Credential {
  /** Where it is configured: what may be said of it. */
  readonly label: string;
  token(): Promise<string>;
  readonly rates: Map<Resource, Rate>;
  isRefused: boolean;
  /** Until when GitHub does not want to hear from it, in milliseconds since 1970 of this machine. */
  restsUntil: number;
}

export function credentialsOf(config: GitHubConfig, octokit: Octokit): Credential[] {
  if (config.app) return [ofApp(config.app, octokit)];
  const tokens = config.tokens ?? (config.token ? [config.token] : []);
  return tokens.map((secret) => ({
    label: `the token in ${secret.variable}`,
    token: () => Promise.resolve(secret.reveal()),
    rates: new Map(),
    isRefused: false,
    restsUntil: 0,
  }));
}

function ofApp(app: NonNullable<GitHubConfig["app"]>, octokit: Octokit): Credential {
  const authenticate = createAppAuth({
    appId: app.id,
    installationId: app.installation,
    // Variables often hold the line breaks of the key as \n.
    privateKey: app.private_key.reveal().replaceAll("\\n", "\n"),
    request: octokit.request,
  });
  return {
    label: `the App ${app.id}`,
    token: async () => (await authenticate({ type: "installation" })).token,
    rates: new Map(),
    isRefused: false,
    restsUntil: 0,
  };
}

/** The one with most left of its hour, rather one that need not rest; undefined when all are refused. */
export function fullest(credentials: readonly Credential[], resource: Resource): Credential | undefined {
  const left = ({ rates }: Credential) => rates.get(resource)?.remaining ?? Number.POSITIVE_INFINITY;
  const accepted = credentials.filter(({ isRefused }) => !isRefused);
  const awake = accepted.filter(isAwake);
  return (awake.length > 0 ? awake : accepted).reduce<Credential | undefined>(
    (best, one) => (best && left(best) >= left(one) ? best : one),
    undefined,
  );
}

export const isAwake = ({ restsUntil }: Credential): boolean => restsUntil <= Date.now();
