import { GraphQLError } from "graphql";

/** An error as GitHub words it: `type` stands beside `message`, not under `extensions`. */
export interface GitHubError {
  readonly type?: string;
  readonly path?: readonly (string | number)[];
  readonly locations?: readonly { readonly line: number; readonly column: number }[];
  readonly extensions?: Readonly<Record<string, unknown>>;
  readonly message: string;
}

/** What a resolver throws: the field becomes null, the rest of the answer stays. */
export class FieldError extends GraphQLError {
  readonly type: string;
  readonly detail: Readonly<Record<string, unknown>> | undefined;

  constructor(type: string, message: string, detail?: Readonly<Record<string, unknown>>) {
    super(message);
    this.type = type;
    this.detail = detail;
  }
}

export const notFound = (message: string) => new FieldError("NOT_FOUND", message);

export function fieldError({ originalError, path, locations, message }: GraphQLError): GitHubError {
  const known = originalError instanceof FieldError ? originalError : undefined;
  return {
    ...(known ? { type: known.type } : {}),
    ...(path ? { path } : {}),
    ...(known?.detail ? { extensions: known.detail } : {}),
    ...(locations ? { locations } : {}),
    message,
  };
}

interface Wording {
  readonly pattern: RegExp;
  readonly code: string;
  readonly words: (...found: string[]) => string;
  readonly names: readonly string[];
}

/** graphql-js and GitHub find the same mistakes and word them differently. */
const WORDINGS: readonly Wording[] = [
  {
    pattern: /^Cannot query field "(.+?)" on type "(.+?)"/,
    code: "undefinedField",
    words: (field, type) => `Field '${field}' doesn't exist on type '${type}'`,
    names: ["fieldName", "typeName"],
  },
  {
    pattern: /^Unknown argument "(.+?)" on field "(.+?)\.(.+?)"/,
    code: "argumentNotAccepted",
    words: (argument, _type, field) => `Field '${field}' doesn't accept argument '${argument}'`,
    names: ["argumentName", "typeName", "name"],
  },
  {
    pattern: /^Field "(.+?)" argument "(.+?)" of type "(.+?)" is required/,
    code: "missingRequiredArguments",
    words: (field, argument) => `Field '${field}' is missing required arguments: ${argument}`,
    names: ["name", "arguments"],
  },
  {
    pattern: /^Field "(.+?)" of type "(.+?)" must have a selection of subfields/,
    code: "selectionMismatch",
    words: (field, type) =>
      `Field must have selections (field '${field}' returns ${type} but has no selections.)`,
    names: ["nodeName", "typeName"],
  },
];

export function validationError({ message, locations }: GraphQLError): GitHubError {
  for (const { pattern, code, words, names } of WORDINGS) {
    const found = pattern.exec(message)?.slice(1);
    if (found) {
      const named = Object.fromEntries(names.map((name, index) => [name, found[index]]));
      return {
        extensions: { code, ...named },
        ...(locations ? { locations } : {}),
        message: words(...found),
      };
    }
  }
  return { ...(locations ? { locations } : {}), message };
}
