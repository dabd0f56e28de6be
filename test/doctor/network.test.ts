import { execFile } from "node:child_process";
import { join } from "node:path";
import { promisify } from "node:util";
import { writeFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { networkFindings } from "../../src/doctor/network.ts";
import { recordedEffects } from "../cli/effects.ts";
import { temporaryFolder } from "../cli/commands/world.ts";

const JIRA = "https://jira.example.com";

/** What is said, one line each; subjects only where nothing is wrong. */
function said(
  env: Readonly<Record<string, string>>,
  origins: readonly string[] | undefined = [JIRA],
): string[] {
  const effects = { ...recordedEffects("/"), env };
  return [...networkFindings(origins, effects)].map(
    ({ status, subject, message }) => `${status} ${subject}: ${message}`,
  );
}

describe("proxies", () => {
  test("none", () => {
    expect(said({})).toEqual(["ok proxy: none is set: requests go out directly"]);
  });

  test("that Node.js was not told to use are a problem for a source that needs the network", () => {
    const env = { HTTPS_PROXY: "http://me:s3cret@proxy.example.com:8080" };
    expect(said(env)).toEqual([
      "problem HTTPS_PROXY: http://proxy.example.com:8080 is set, and Node.js does not use it unless told to",
    ]);
    expect(said(env, [])[1]).toMatch(/^warning HTTPS_PROXY/);
  });

  test("in use: the lower-case name wins, each origin's way is told, and credentials never are", () => {
    const env = {
      NODE_USE_ENV_PROXY: "1",
      HTTPS_PROXY: "http://unused.example.com:1",
      https_proxy: "http://me:s3cret@proxy.example.com:8080",
      NO_PROXY: "localhost, .corp.example.com",
    };
    const lines = said(env, [JIRA, "https://ci.corp.example.com", "http://plain.example.com"]);
    expect(lines).toEqual([
      "ok https_proxy: http://proxy.example.com:8080 is used",
      "ok NO_PROXY: reached directly: localhost, .corp.example.com",
      "ok https://jira.example.com: is reached through http://proxy.example.com:8080",
      "ok https://ci.corp.example.com: is reached directly: NO_PROXY names it",
      "ok http://plain.example.com: is reached directly",
    ]);
    expect(JSON.stringify([...networkFindings([JIRA], { ...recordedEffects("/"), env })])).not.toMatch(
      /s3cret|me:/,
    );
  });

  test("an address that is none is not repeated, for it may hold a password", () => {
    expect(said({ HTTP_PROXY: "me:s3cret@proxy:8080", NODE_OPTIONS: "--use-env-proxy" })[0]).toBe(
      "problem HTTP_PROXY: is not the address of an HTTP proxy",
    );
  });

  test("what Node.js does not understand", () => {
    expect(said({ ALL_PROXY: "http://p:1" })).toContain("warning ALL_PROXY: is not read by Node.js");
    expect(said({ NODE_USE_ENV_PROXY: "1", HTTP_PROXY: "http://p:1", no_proxy: "10.0.0.0/8" })).toContain(
      "warning no_proxy: holds address ranges, which Node.js does not understand: 10.0.0.0/8",
    );
  });
});

describe("certificates", () => {
  test("that are not checked are a problem, whatever is collected", () => {
    expect(said({ NODE_TLS_REJECT_UNAUTHORIZED: "0" }, [])[1]).toMatch(
      /^problem NODE_TLS_REJECT_UNAUTHORIZED/,
    );
    expect(said({ NODE_TLS_REJECT_UNAUTHORIZED: "1" }, [])).toHaveLength(1);
  });

  test("of a private authority: missing, no PEM, and right", async () => {
    const folder = temporaryFolder();
    const [none, der, pem] = ["none.pem", "ca.der", "ca.pem"].map((name) => join(folder, name));
    writeFileSync(der ?? "", Buffer.from([0x30, 0x82]));
    await promisify(execFile)("openssl", [
      ...["req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "1", "-subj", "/CN=Example Root"],
      ...["-keyout", join(folder, "key.pem"), "-out", pem ?? ""],
    ]);
    const about = (path: string | undefined) => said({ NODE_EXTRA_CA_CERTS: path ?? "" }, [])[1];
    expect(about(none)).toMatch(/^problem NODE_EXTRA_CA_CERTS: .*none\.pem cannot be read: ENOENT/);
    expect(about(der)).toMatch(/^problem NODE_EXTRA_CA_CERTS: .*ca\.der holds no certificate in PEM form/);
    expect(about(pem)).toBe(`ok NODE_EXTRA_CA_CERTS: ${pem ?? ""}: CN=Example Root`);
    expect(said({ SSL_CERT_FILE: pem ?? "" })[1]).toMatch(
      /^warning SSL_CERT_FILE: is not read by Node\.js by itself/,
    );
    expect(said({ SSL_CERT_FILE: none ?? "", NODE_OPTIONS: "--use-openssl-ca" })[1]).toMatch(
      /^problem SSL_CERT_FILE/,
    );
  });
});
