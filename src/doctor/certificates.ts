import { X509Certificate } from "node:crypto";
import { readFileSync } from "node:fs";
import type { Effects } from "../effects.ts";
import { type Finding, inSection } from "./finding.ts";

const { ok, warning, problem } = inSection("network");

type Environment = Effects["env"];

/** Whose word is taken for who answers. `matters`: a source asks something over the network. */
export function* certificateFindings(env: Environment, matters: boolean): Generator<Finding> {
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
