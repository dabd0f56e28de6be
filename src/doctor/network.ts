import type { Effects } from "../effects.ts";
import { certificateFindings } from "./certificates.ts";
import { type Finding, inSection } from "./finding.ts";

const { ok, warning, problem } = inSection("network");

type Environment = Effects["env"];

/**
 * How requests of collectors will leave this machine. What holds was tried with Node 24: `fetch` takes a proxy from the
 * environment only where that is asked for, the lower-case name wins, https falls back to the proxy of http, ALL_PROXY is not read
 * and NO_PROXY knows no address ranges.
 */
export function* networkFindings(
  origins: readonly string[] | undefined,
  { env }: Effects,
): Generator<Finding> {
  if (origins?.length === 0) yield ok("sources", "none of them asks anything over the network");
  yield* proxyFindings(origins ?? [], env);
  yield* certificateFindings(env, (origins ?? []).length > 0);
}

function* proxyFindings(origins: readonly string[], env: Environment): Generator<Finding> {
  const names = ["HTTPS_PROXY", "HTTP_PROXY"]
    .map((name) => nameInForce(name, env))
    .filter((name) => name !== undefined);
  if (names.length === 0) {
    if (origins.length > 0) yield ok("proxy", "none is set: requests go out directly");
    if (nameInForce("ALL_PROXY", env))
      yield warning("ALL_PROXY", "is not read by Node.js", "set HTTPS_PROXY and HTTP_PROXY");
    return;
  }
  for (const name of names) yield proxyFinding(name, env[name] ?? "", env, origins.length > 0);
  if (!honoursProxies(env)) return;
  yield* exceptionFindings(env);
  for (const origin of origins) yield routeFinding(origin, env);
}

function proxyFinding(name: string, value: string, env: Environment, matters: boolean): Finding {
  const address = parsed(value);
  if (!address || !["http:", "https:"].includes(address.protocol)) {
    return problem(name, "is not the address of an HTTP proxy", "write it as http://host:port");
  }
  const shown = withoutCredentials(address);
  if (honoursProxies(env)) return ok(name, `${shown} is used`);
  const said = `${shown} is set, and Node.js does not use it unless told to`;
  const remedy = "export NODE_USE_ENV_PROXY=1 (from Node.js 24, or 22.21 on), or take the variable away";
  return matters ? problem(name, said, remedy) : warning(name, said, `${remedy}; nothing needs it now`);
}

function* exceptionFindings(env: Environment): Generator<Finding> {
  const name = nameInForce("NO_PROXY", env);
  if (name === undefined) return;
  const ranges = exceptionsOf(env).filter((entry) => entry.includes("/"));
  yield ranges.length === 0
    ? ok(name, `reached directly: ${exceptionsOf(env).join(", ")}`)
    : warning(
        name,
        `holds address ranges, which Node.js does not understand: ${ranges.join(", ")}`,
        "write out the hosts, or a domain as .example.com",
      );
}

function routeFinding(origin: string, env: Environment): Finding {
  const { hostname, protocol } = new URL(origin);
  if (isException(hostname, env)) return ok(origin, "is reached directly: NO_PROXY names it");
  const name =
    (protocol === "https:" ? nameInForce("HTTPS_PROXY", env) : undefined) ?? nameInForce("HTTP_PROXY", env);
  const proxy = name === undefined ? undefined : parsed(env[name] ?? "");
  return ok(origin, proxy ? `is reached through ${withoutCredentials(proxy)}` : "is reached directly");
}

/** The lower-case name wins where both are set. */
function nameInForce(name: string, env: Environment): string | undefined {
  return [name.toLowerCase(), name].find((candidate) => env[candidate]);
}

const honoursProxies = (env: Environment) =>
  env["NODE_USE_ENV_PROXY"] === "1" || /(^|\s)--use-env-proxy(\s|$)/.test(env["NODE_OPTIONS"] ?? "");

const exceptionsOf = (env: Environment) =>
  (env[nameInForce("NO_PROXY", env) ?? ""] ?? "").split(/[\s,]+/).filter((entry) => entry !== "");

const isException = (host: string, env: Environment) =>
  exceptionsOf(env).some((entry) => {
    const name = entry
      .replace(/^\*?\./, "")
      .replace(/:\d+$/, "")
      .toLowerCase();
    return entry === "*" || host === name || host.endsWith(`.${name}`);
  });

function parsed(address: string): URL | undefined {
  return URL.canParse(address) ? new URL(address) : undefined;
}

const withoutCredentials = ({ protocol, host }: URL) => `${protocol}//${host}`;
