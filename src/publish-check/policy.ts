/** What each directive may allow. Hashes name the page's own scripts and styles; nothing else runs. */
const ALLOWED: Readonly<Record<string, RegExp>> = {
  "default-src": /^'none'$/,
  "script-src": /^(?:'none'|'sha(?:256|384|512)-[\w+/=-]+'|'strict-dynamic')$/,
  "style-src": /^(?:'none'|'sha(?:256|384|512)-[\w+/=-]+')$/,
  "img-src": /^(?:'none'|'self'|data:)$/,
  "font-src": /^(?:'none'|'self'|data:)$/,
  "connect-src": /^(?:'none'|'self')$/,
  "base-uri": /^'none'$/,
  "form-action": /^'none'$/,
};

/** Directives that `default-src` does not stand in for. */
const NEEDED = ["default-src", "base-uri", "form-action"];

export interface Policy {
  readonly problems: readonly string[];
  /** Sources of `script-src` and `style-src`, such as hashes. */
  readonly scripts: ReadonlySet<string>;
  readonly styles: ReadonlySet<string>;
}

/** What a page's policy allows beyond what pages need. */
export function readPolicy(text: string): Policy {
  const directives = new Map<string, readonly string[]>();
  for (const part of text.split(";")) {
    const [name = "", ...sources] = part.trim().split(/\s+/);
    // Browsers take the first of a name.
    if (name !== "" && !directives.has(name.toLowerCase())) directives.set(name.toLowerCase(), sources);
  }
  const missing = NEEDED.filter((name) => !directives.has(name)).map((name) => `${name} is missing`);
  const wide = [...directives].flatMap(([name, sources]) =>
    sources
      .filter((source) => !(ALLOWED[name] ?? /^'none'$/).test(source))
      .map((source) => `${name} allows ${source}`),
  );
  const of = (name: string) => new Set(directives.get(name) ?? directives.get("default-src") ?? []);
  return { problems: [...missing, ...wide], scripts: of("script-src"), styles: of("style-src") };
}
