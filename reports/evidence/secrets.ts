import { lintSource } from "@secretlint/core";
import { creator } from "@secretlint/secretlint-rule-preset-recommend";

/** A part of a text that looks like a secret, and by which rule. */
export interface Secret {
  readonly from: number;
  readonly until: number;
  readonly rule: string;
}

interface Pattern {
  readonly rule: string;
  /** The group `secret`, else all of it. All lengths are bounded: what is read may have been written to be slow. */
  readonly expression: RegExp;
  readonly isSecret?: (found: string) => boolean;
}

const NAMES =
  "pass(?:word|wd|phrase)|pwd|secret|api[_-]?key|access[_-]?key|private[_-]?key|signing[_-]?key|auth[_-]?token|access[_-]?token|refresh[_-]?token|id[_-]?token|credential";

/** What the rules of secretlint leave out: they look for the tokens of vendors, these for the places where secrets stand. */
const PATTERNS: readonly Pattern[] = [
  {
    rule: "private key",
    expression:
      /-----BEGIN [A-Z0-9 ]{0,40}PRIVATE KEY(?: BLOCK)?-----[\s\S]*?(?:-----END [A-Z0-9 ]{0,40}PRIVATE KEY(?: BLOCK)?-----|$)/dg,
  },
  { rule: "JSON web token", expression: /\beyJ[\w-]{8,2000}\.eyJ[\w-]{8,8000}\.[\w-]{0,2000}/dg },
  {
    rule: "password in an address",
    expression: /:\/\/[^\s/:@"'<>\\]{0,256}:(?<secret>[^\s/@"'<>\\]{1,512})@/dg,
  },
  {
    rule: "secret in an address",
    expression:
      /[?&](?:access_token|auth_token|private_token|token|api_?key|client_secret|secret|password|sig|signature|x-amz-signature|x-goog-signature)=(?<secret>[^&\s"'#<>\\]{8,4096})/dgi,
  },
  {
    rule: "bearer token",
    expression: /\b(?:bearer|basic)\s{1,4}(?<secret>[\w.~+/=-]{20,8192})/dgi,
    isSecret: (found) => isMixed(found),
  },
  {
    rule: "authorization header",
    expression:
      /\bauthorization["'\\]{0,4}\s{0,4}[:=]\s{0,4}["'\\]{0,4}(?:\w{1,20}\s{1,4})?(?<secret>[^\s"'\\,;]{8,8192})/dgi,
  },
  {
    rule: "value of a secret's name",
    expression: new RegExp(
      `(?:${NAMES})[\\w.-]{0,40}["'\\\\]{0,4}\\s{0,4}[:=]\\s{0,4}["'\\\\]{0,4}(?<secret>[^\\s"'\\\\,;(){}\\[\\]<>]{8,4096})`,
      "dgi",
    ),
    isSecret: (found) => isMixed(found) && entropy(found) >= 3,
  },
];

/** Letters with digits: a word of a sentence has none. */
const isMixed = (text: string) => /\d/.test(text) && /[A-Za-z]/.test(text);

/** Bits per character. */
function entropy(text: string): number {
  const counts = [...Map.groupBy(text, (character) => character).values()].map(
    ({ length }) => length / text.length,
  );
  return -counts.reduce((sum, share) => sum + share * Math.log2(share), 0);
}

/** Everything in a text that looks like a secret, in its order; what overlaps is one. */
export async function secretsIn(text: string): Promise<readonly Secret[]> {
  const found = [...ownFindings(text), ...(await findingsOfSecretlint(text))].sort(
    (a, b) => a.from - b.from || b.until - a.until,
  );
  const joined: Secret[] = [];
  for (const secret of found) {
    const last = joined.at(-1);
    if (last === undefined || secret.from >= last.until) joined.push(secret);
    else joined[joined.length - 1] = { ...last, until: Math.max(last.until, secret.until) };
  }
  return joined;
}

function ownFindings(text: string): Secret[] {
  return PATTERNS.flatMap(({ rule, expression, isSecret = () => true }) =>
    [...text.matchAll(expression)].flatMap((match) => {
      const [from, until] = match.indices?.groups?.["secret"] ?? match.indices?.[0] ?? [0, 0];
      const found = text.slice(from, until);
      return isSecret(found) && !isRedacted(found) ? [{ from, until, rule }] : [];
    }),
  );
}

const OPTIONS = {
  config: { rules: [{ id: "@secretlint/secretlint-rule-preset-recommend", rule: creator }] },
  noPhysicFilePath: true,
};

async function findingsOfSecretlint(text: string): Promise<Secret[]> {
  // Its comments that switch rules off are for authors of code: a text that was collected may not do that.
  const content = text.replaceAll(/secretlint-/gi, "secretlint_");
  const { messages } = await lintSource({
    source: { filePath: "record.json", content, contentType: "text", ext: ".json" },
    options: OPTIONS,
  });
  return messages
    .map(({ range: [from, until], messageId }) => ({ from, until, rule: messageId }))
    .filter(({ from, until }) => !isRedacted(text.slice(from, until)));
}

const isRedacted = (found: string) => found.startsWith("[redacted");

/** What stands in the place of a secret, so that nobody takes it for what the source said. */
export const redaction = (rule: string): string => `[redacted: ${rule}]`;

/** A text without what looks like a secret in it, and the rules that found something. */
export async function withoutSecrets(text: string): Promise<{ text: string; rules: readonly string[] }> {
  const secrets = await secretsIn(text);
  const parts = secrets.map(
    ({ from, rule }, index) => text.slice(secrets[index - 1]?.until ?? 0, from) + redaction(rule),
  );
  return {
    text: parts.join("") + text.slice(secrets.at(-1)?.until ?? 0),
    rules: secrets.map(({ rule }) => rule),
  };
}
