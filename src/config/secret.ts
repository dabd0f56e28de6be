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

/** A text with the names of variables where secrets stood, for what leaves this machine or is kept. */
export function withoutSecretsOf(config: unknown): (text: string) => string {
  const values = secretsIn(config)
    .filter((secret) => secret.isSet)
    .map((secret) => [secret.reveal(), secret.toString()] as const)
    .filter(([value]) => value.length >= SHORTEST)
    .toSorted(([a], [b]) => b.length - a.length);
  return (text) => values.reduce((rest, [value, name]) => rest.replaceAll(value, () => name), text);
}
