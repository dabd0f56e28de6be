import { X509Certificate } from "node:crypto";
import { readFileSync } from "node:fs";
import type { Effects } from "../effects.ts";
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

function* certificateFindings(env: Environment, matters: boolean): Generator<Finding> {
  if (env["NODE_TLS_REJECT_UNAUTHORIZED"] === "0") {
    yield problem(
      "NODE_TLS_REJECT_UNAUTHORIZED",
      "is 0: whoever stands in between can read tokens and change what is collected",
      "take it away, and name the certificate authority with NODE_EXTRA_CA_CERTS",
    );
  }
  const extra = env["NODE_EXTRA_CA_CERTS"];
  if (extra) yield certificateFile("NODE_EXTRA_CA_CERTS", extra);
  const store = env["SSL_CERT_FILE"];
  if (store && store !== extra) yield systemStore(store, env, matters);
}

/** Node.js warns of a file that is not there, and of one without certificates says nothing. */
function certificateFile(name: string, path: string): Finding {
  try {
    const blocks =
      readFileSync(path, "utf8").match(/-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/g) ?? [];
    if (blocks.length === 0)
      return problem(
        name,
        `${path} holds no certificate in PEM form`,
        "convert it: openssl x509 -inform der -in <file> -out <file>.pem",
      );
    const names = blocks.map((block) => new X509Certificate(block).subject.replaceAll("\n", ", "));
    return ok(name, `${path}: ${names.length > 3 ? `${names.length} certificates` : names.join("; ")}`);
  } catch (error) {
    const said = error instanceof Error ? error.message : String(error);
    return problem(
      name,
      `${path} cannot be read: ${said}`,
      "correct the path, or what the file holds: certificates in PEM form",
    );
  }
}

function systemStore(path: string, env: Environment, matters: boolean): Finding {
  if (/--use-openssl-ca/.test(env["NODE_OPTIONS"] ?? "")) return certificateFile("SSL_CERT_FILE", path);
  const said = "is not read by Node.js by itself";
  return matters
    ? warning("SSL_CERT_FILE", said, `export NODE_EXTRA_CA_CERTS=${path}, or NODE_OPTIONS=--use-openssl-ca`)
    : ok("SSL_CERT_FILE", `${said}; nothing needs it now`);
}
