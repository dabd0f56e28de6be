import type { Finding } from "./findings.ts";
import { isSecretPlace, type Shape, shapesAt } from "./shape.ts";
import { secretReference } from "./scalars.ts";
import type { Path } from "./yaml.ts";

const VARIABLE = /\$\{[A-Za-z_][A-Za-z0-9_]*\}/;

type Environment = Readonly<Record<string, string | undefined>>;

/** Variables where none may stand, and secrets whose variable is not set. */
export function variableFindings(
  document: unknown,
  shape: Shape,
  environment: Environment | undefined,
): Finding[] {
  return textsOf(document)
    .filter(({ text }) => VARIABLE.test(text))
    .flatMap(({ path, text }) => {
      if (!isSecretPlace(shapesAt(shape, document, path))) return [{ path, message: onlySecrets(text) }];
      return environment ? missingVariable(path, text, environment) : [];
    });
}

const onlySecrets = (text: string) =>
  `only secrets may use ${VARIABLE.exec(text)?.[0] ?? text}; write the value itself`;

function missingVariable(path: Path, text: string, environment: Environment): Finding[] {
  const variable = secretReference.exec(text)?.[1];
  if (variable === undefined || environment[variable]) return [];
  return [{ path, message: `the environment variable ${variable} is not set` }];
}

interface PlacedText {
  readonly path: Path;
  readonly text: string;
}

function textsOf(value: unknown, path: Path = []): PlacedText[] {
  if (typeof value === "string") return [{ path, text: value }];
  if (value === null || typeof value !== "object") return [];
  return Object.entries(value).flatMap(([key, item]) => {
    const below = [...path, Array.isArray(value) ? Number(key) : key];
    const named = Array.isArray(value) ? [] : [{ path: below, text: key }];
    return [...named, ...textsOf(item, below)];
  });
}
