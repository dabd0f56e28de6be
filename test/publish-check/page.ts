import { createHash } from "node:crypto";

export const hash = (code: string): string => `'sha256-${createHash("sha256").update(code).digest("base64")}'`;

export const SCRIPT = "let a = 1 < 2;";
const STYLE = "p{color:red}";
export const POLICY = `default-src 'none'; script-src ${hash(SCRIPT)}; style-src ${hash(STYLE)}; img-src 'self' data:; connect-src 'self'; base-uri 'none'; form-action 'none'`;
export const META = `<meta http-equiv="Content-Security-Policy" content="${POLICY}">`;

/** A page as builds write it: its body begins on the second line. */
export const page = (body: string): string =>
  `<!doctype html><html><head>${META}<style>${STYLE}</style><link rel="icon" href="data:,"></head>\n<body>${body}<script>${SCRIPT}</script></body></html>`;
