import type { Package } from "./packages.ts";

/** May be used by and beside a program under Apache-2.0, also in a company. MPL-2.0 asks for changes to its own files only. */
const ALLOWED: ReadonlySet<string> = new Set([
  "0BSD",
  "Apache-2.0",
  "Bitstream-Vera",
  "BlueOak-1.0.0",
  "BSD-2-Clause",
  "BSD-3-Clause",
  "CC0-1.0",
  "ISC",
  "MIT",
  "MPL-2.0",
  "OFL-1.1",
  "Python-2.0",
  "Unlicense",
]);

/** Allowed for these alone, and why. */
const ALLOWED_FOR: readonly {
  readonly licence: string;
  readonly packages: RegExp;
  readonly reason: string;
}[] = [
  {
    licence: "LGPL-3.0-or-later",
    packages: /^@img\/sharp-/,
    reason:
      "libvips, a shared library that Astro's optional `sharp` loads; npm fetches it from its own package, and no image of ours goes through it",
  },
];

/** Where the package's own manifest names none: what the file beside it says. The test reads that file. */
export const STATED: Readonly<
  Record<string, { readonly licence: string; readonly file: string; readonly says: string }>
> = {
  "png-js": { licence: "MIT", file: "LICENSE", says: "MIT License" },
  "dejavu-fonts-ttf": { licence: "Bitstream-Vera", file: "LICENSE", says: "Bitstream Vera Fonts Copyright" },
};

export const licenceOf = ({ name, license }: Package): string => STATED[name]?.licence ?? license ?? "none";

export const reasons = (): readonly string[] =>
  ALLOWED_FOR.map(
    ({ licence, packages, reason }) => `${licence} only for \`${packages.source}\`: ${reason}.`,
  );

/** An expression of SPDX: one of several by OR, all of several by AND. */
export function isAllowed(one: Package): boolean {
  const fits = (licence: string) =>
    ALLOWED.has(licence) ||
    ALLOWED_FOR.some(({ licence: only, packages }) => only === licence && packages.test(one.name));
  return licenceOf(one)
    .replaceAll(/[()]/g, "")
    .split(" OR ")
    .some((choice) => choice.split(" AND ").every(fits));
}
