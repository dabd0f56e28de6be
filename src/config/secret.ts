import { inspect } from "node:util";
import { UsageError } from "../errors.ts";

/**
 * A value that stands in an environment variable, never in a file. Whatever prints it prints the name of
 * the variable; only `reveal()`, at the place where it is sent, gives the value.
 */
export class Secret {
  readonly variable: string;
  #value: string | undefined;

  constructor(variable: string) {
    this.variable = variable;
  }

  resolve(environment: Readonly<Record<string, string | undefined>>): void {
    this.#value = environment[this.variable];
  }

  get isSet(): boolean {
    return Boolean(this.#value);
  }

  reveal(): string {
    if (!this.#value) throw new UsageError(`the environment variable ${this.variable} is not set`);
    return this.#value;
  }

  toString(): string {
    return `\${${this.variable}}`;
  }

  toJSON(): string {
    return this.toString();
  }

  [inspect.custom](): string {
    return this.toString();
  }
}

/** Every secret in a parsed configuration. */
export function secretsIn(value: unknown): Secret[] {
  if (value instanceof Secret) return [value];
  if (value === null || typeof value !== "object") return [];
  return Object.values(value).flatMap(secretsIn);
}

/** Less would be found in ordinary words. */
const SHORTEST = 6;

/** As it is, and as Base64 has it behind a user's name of any length, which is how Basic sends it. */
const formsOf = (value: string) => [value, ...[0, 1, 2].map((before) => inBase64(value, before))];

/** What stands in Base64 for the value alone: the first and last signs may also hold bits of its neighbours. */
function inBase64(value: string, before: number): string {
  const bytes = Buffer.concat([Buffer.alloc(before), Buffer.from(value)]);
  return bytes.toString("base64").slice(Math.ceil((before * 4) / 3), Math.floor((bytes.length * 4) / 3));
}

/** A text with the names of variables where secrets stood, for what leaves this machine or is kept. */
export function withoutSecretsOf(config: unknown): (text: string) => string {
  const values = secretsIn(config)
    .filter((secret) => secret.isSet)
    .flatMap((secret) => formsOf(secret.reveal()).map((form) => [form, secret.toString()] as const))
    .filter(([form]) => form.length >= SHORTEST)
    .toSorted(([a], [b]) => b.length - a.length);
  return (text) => values.reduce((rest, [value, name]) => rest.replaceAll(value, () => name), text);
}
