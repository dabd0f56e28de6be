import { expect, test } from "vitest";
import { secretsIn, withoutSecrets } from "../../../reports/evidence/secrets.ts";

// Put together here, so that no scanner of this repository takes them for what they only look like.
const GITHUB = ["ghp", "A1b2C3d4E5f6G7h8I9j0K1l2M3n4O5p6Q7r8"].join("_");
const JWT = ["eyJhbGciOiJIUzI1NiJ9", "eyJzdWIiOiIxMjM0NTY3ODkwIn0", "c2lnbmF0dXJl"].join(".");
const WORDS = ["RSA", "PRIVATE", "KEY"].join(" ");
const KEY = `-----BEGIN ${WORDS}-----\nMIIEpAIBAAKCAQEA\n-----END ${WORDS}-----`;

test.each([
  ["a token of GitHub", `see ${GITHUB} please`, GITHUB],
  ["a token of AWS", ["AWS_ACCESS_KEY_ID=AKIA", "IOSFODNN7EXAMPLF"].join(""), "IOSFODNN7EXAMPLF"],
  ["a JSON web token", `cookie ${JWT};`, JWT],
  ["a private key", `key:\n${KEY}\nend`, "MIIEpAIBAAKCAQEA"],
  ["a private key that does not end", KEY.slice(0, 40), "MIIE"],
  ["a password in an address", "git clone https://ci:hunter2@git.example.com/x", "hunter2"],
  ["a token in an address", "https://x.example.com/a?access_token=abcdefgh12345&b=1", "abcdefgh12345"],
  ["a bearer header", "curl -H 'Authorization: Bearer abcDEF123456ghiJKL789012'", "abcDEF123456ghiJKL789012"],
  ["a header of another kind", 'authorization: "Token 0123456789abcdef"', "0123456789abcdef"],
  ["what a name calls a secret", "deploy with api_key = 'x9Kd83jLq02Pz7vT' today", "x9Kd83jLq02Pz7vT"],
  ["a password in JSON in a text", '{\\"db_password\\": \\"s3cr3tPassw0rd\\"}', "s3cr3tPassw0rd"],
  ["a token after words that switch linters off", `/* secretlint-disable */ ${GITHUB}`, GITHUB],
])("%s is struck out", async (_, text, secret) => {
  const { text: rest, rules } = await withoutSecrets(text);
  expect(rest).not.toContain(secret);
  expect(rest).toContain("[redacted: ");
  expect(rules.length).toBeGreaterThan(0);
});

test.each([
  "Fix the password reset: users were sent to the wrong page",
  "secret: production",
  "Token bucket limits requests",
  "deployed a94a8fe5ccb19ba61c4c0873d391e987982fbbd3",
  "https://git.example.com/acme/api/pull/12?tab=files#diff-1",
  "ssh://git@git.example.com:22/acme/api.git",
  "sha256:9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
  "[redacted: GITHUB_TOKEN]",
])("%s is no secret", async (text) => {
  expect((await withoutSecrets(text)).text).toBe(text);
});

test("nothing else of a text is lost, and what was struck out once stays as it is", async () => {
  const { text } = await withoutSecrets(`a ${GITHUB} b ${JWT} c`);
  expect(text).toBe("a [redacted: GITHUB_TOKEN] b [redacted: JSON web token] c");
  expect((await withoutSecrets(text)).text).toBe(text);
});

test("a text that was written to be slow is not", async () => {
  const texts = [
    "a.",
    "eyJ",
    "-----BEGIN PRIVATE KEY-----",
    "://a:",
    "password=",
    "bearer ",
    "https://",
    "authorization:",
    "?token=",
  ].map((part) => part.repeat(Math.ceil(300_000 / part.length)));
  const before = process.cpuUsage();
  for (const text of texts) await secretsIn(text);
  expect(process.cpuUsage(before).user / 1e6).toBeLessThan(20);
});
