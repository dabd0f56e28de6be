import fc from "fast-check";

/** One change to the bytes of a real payload, or to the JSON that they are. Numbers say where and what, so that a case is small and repeats. */
export interface Edit {
  readonly kind: (typeof KINDS)[number];
  /** Where: a share of the whole. */
  readonly at: number;
  readonly span: number;
  readonly choice: number;
}

const TEXT_KINDS = ["flip", "delete", "repeat", "insert", "replace", "splice", "cut", "recode"] as const;
const JSON_KINDS = [
  "value",
  "value",
  "value",
  "member",
  "rename",
  "deepen",
  "move",
  "extreme",
  "extreme",
] as const;
const KINDS = [...TEXT_KINDS, ...JSON_KINDS];

/** Where bytes are no matter: what a source says is JSON whatever it says. */
export const editsOf = (isJsonOnly: boolean): fc.Arbitrary<readonly Edit[]> =>
  fc.array(
    fc.record({
      kind: fc.constantFrom(...(isJsonOnly ? JSON_KINDS : KINDS)),
      at: fc.integer({ min: 0, max: 999_999 }).map((millionths) => millionths / 1_000_000),
      span: fc.integer({ min: 1, max: 64 }),
      choice: fc.nat(9_999),
    }),
    { minLength: 1, maxLength: 6 },
  );

const LONG = "x".repeat(70_000);

const ODD_TEXTS = [
  ...[
    "",
    " ",
    "\0",
    "\ud800",
    "é",
    "😀",
    "\u202e",
    "\ufeff",
    "null",
    "true",
    "-0",
    "1e999",
    "NaN",
    "infinity",
  ],
  ...["epoch", "0001-01-01", "2026-13-45T99:99:99Z", "9999999-01-01T00:00:00Z", "-271821-04-20T00:00:00Z"],
  ...[
    "294247-01-10T04:00:54Z",
    "290309-12-22 (BC)",
    "2026-02-30",
    "24:00",
    "2026-03-02T10:00:00+99:99",
    "P1Y2M",
    "PT1e400S",
  ],
  ...["170141183460469231731687303715884105728", "-9223372036854775809", "1,000.5", "0x10", "½", "٣"],
  ...[
    "'; drop table raw.run; --",
    "../../etc/passwd",
    "%zz",
    "pkg:oci/%zz@%",
    "(((((",
    "[",
    "\\",
    "$",
    "{",
    "}",
    "a/b/c/d",
    "#",
    "::",
    "@",
  ],
  ...[
    "=1+1",
    "\n",
    "\r",
    "\t",
    '"',
    ",",
    ";",
    "---",
    "&a *a",
    "<<: *a",
    "!!binary x",
    "? :",
    "<![CDATA[",
    "&lol;",
    "<!--",
    "]]>",
  ],
  ...[
    "BEGIN:VEVENT",
    "RRULE:FREQ=SECONDLY",
    "COUNT=999999999",
    "INTERVAL=0",
    "TZID=Nowhere/Land",
    "DTSTART:99999999T999999Z",
  ],
  LONG,
];

const ODD_VALUES: readonly unknown[] = [
  ...[
    null,
    true,
    false,
    0,
    -1,
    0.5,
    1e308,
    -1e308,
    2 ** 53,
    2 ** 63,
    2 ** 64,
    1e-320,
    253402300800,
    99999999999999,
  ],
  ...[
    [],
    {},
    [[]],
    [null],
    [{}],
    { a: null },
    { "": "" },
    { "a.b": { $ref: "#" } },
    ["2026-01-01"],
    [[[[[1]]]]],
  ],
  ...ODD_TEXTS,
];

const TIME = /^\d{4}-\d\d/;

/** What a time may say that a database takes for one, and where what is computed with it ends. */
const EXTREME_TIMES = [
  ...["9999-12-31T23:59:59Z", "10000-01-01T00:00:00Z", "290000-01-01T00:00:00Z"],
  ...["294247-01-10 04:00:54.775806+00", "290309-12-22 (BC) 00:00:00+00", "4713-01-01 (BC)", "0001-01-01"],
  ...[
    "infinity",
    "-infinity",
    "epoch",
    "1900-01-01",
    "1899-12-31T23:59:59Z",
    "2200-01-01T00:00:00Z",
    "5881580-07-10",
  ],
];

const EXTREME_NUMBERS = [
  ...[
    0,
    -1,
    1e308,
    -1e308,
    5e-324,
    2 ** 31,
    -(2 ** 31),
    2 ** 53 - 1,
    2 ** 53 + 2,
    2 ** 62,
    -(2 ** 63),
    2 ** 64,
  ],
  ...[
    "NaN",
    "Infinity",
    "-Infinity",
    "9223372036854775807",
    "-9223372036854775808",
    "9".repeat(40),
    253402300800,
    1e15,
  ],
];

const EXTREME_TEXTS = ["\0", "a\0b", "\ud800", "\u202e", "\u2028", "", "n".repeat(20_000)];

const pick = <T>(list: readonly T[], choice: number): T => list[choice % list.length]!;

export interface Material {
  /** What pieces are taken from. */
  readonly samples: readonly Buffer[];
}

export function edited(bytes: Buffer, edits: readonly Edit[], material: Material): Buffer {
  return edits.reduce(
    (before, edit) =>
      (TEXT_KINDS as readonly string[]).includes(edit.kind)
        ? textEdited(before, edit, material)
        : jsonEdited(before, edit),
    bytes,
  );
}

function textEdited(bytes: Buffer, { kind, at, span, choice }: Edit, { samples }: Material): Buffer {
  const from = Math.floor(at * bytes.length);
  const until = Math.min(bytes.length, from + span);
  const between = (middle: Buffer, end = until) =>
    Buffer.concat([bytes.subarray(0, from), middle, bytes.subarray(end)]);
  switch (kind) {
    case "flip": {
      const flipped = Buffer.from(bytes);
      if (from < flipped.length) flipped[from]! ^= 1 << (choice % 8);
      return flipped;
    }
    case "delete":
      return between(Buffer.alloc(0), Math.min(bytes.length, from + (choice % 2 === 0 ? span : span * span)));
    case "repeat":
      return between(Buffer.concat(Array<Buffer>(1 + (choice % 300)).fill(bytes.subarray(from, until))));
    case "insert":
      return between(Buffer.from(pick(ODD_TEXTS, choice)), from);
    case "replace":
      return between(Buffer.from(pick(ODD_TEXTS, choice)));
    case "splice": {
      const other = pick(samples, choice);
      const start = Math.floor((1 - at) * other.length);
      return between(other.subarray(start, start + span * 8), from);
    }
    case "cut":
      return bytes.subarray(0, from);
    default:
      return recoded(bytes, choice);
  }
}

function recoded(bytes: Buffer, choice: number): Buffer {
  const text = bytes.toString("utf8");
  switch (choice % 4) {
    case 0:
      return Buffer.from(`\ufeff${text}`, "utf16le");
    case 1:
      return Buffer.from(text, "latin1");
    case 2:
      return Buffer.from(text.replaceAll("\n", "\r"));
    default:
      return Buffer.from(`\ufeff${text}`);
  }
}

type Container = Record<string, unknown> | unknown[];

interface Place {
  readonly holder: Container;
  readonly name: string;
}

function jsonEdited(bytes: Buffer, { kind, at, span, choice }: Edit): Buffer {
  const root = parsed(bytes);
  if (root === undefined) return bytes;
  const all = placesIn(root.top);
  const places = kind === "extreme" ? withExtremes(all, choice) : all;
  const place = places[Math.floor(at * places.length)];
  if (place === undefined) return bytes;
  const holder = place.holder as Record<string, unknown>;
  const value = holder[place.name];
  switch (kind) {
    case "member":
      if (Array.isArray(holder)) holder.splice(Number(place.name), 1);
      else Reflect.deleteProperty(holder, place.name);
      break;
    case "rename":
      if (!Array.isArray(holder)) {
        Reflect.deleteProperty(holder, place.name);
        define(holder, pick(["__proto__", "constructor", "", "a.b", "$", "length", "\0"], choice), value);
      }
      break;
    case "deepen":
      holder[place.name] = Array.from({ length: span * 4 }).reduce<unknown>((inner) => [inner], value);
      break;
    case "move": {
      const other = pick(places, choice);
      holder[place.name] = structuredClone((other.holder as Record<string, unknown>)[other.name]);
      break;
    }
    case "extreme":
      holder[place.name] = pick(extremesFor(value), choice);
      break;
    default:
      holder[place.name] = pick(ODD_VALUES, choice);
  }
  return Buffer.from(JSON.stringify(root.top));
}

/** Times and numbers, which are few, mostly. */
function withExtremes(places: readonly Place[], choice: number): readonly Place[] {
  const measured = places.filter(({ holder, name }) => {
    const value = (holder as Record<string, unknown>)[name];
    return typeof value === "number" || (typeof value === "string" && TIME.test(value));
  });
  return choice % 8 === 0 || measured.length === 0 ? places : measured;
}

function extremesFor(value: unknown): readonly unknown[] {
  if (typeof value === "string") return TIME.test(value) ? EXTREME_TIMES : EXTREME_TEXTS;
  return typeof value === "number" ? EXTREME_NUMBERS : ODD_VALUES;
}

const define = (holder: object, name: string, value: unknown) =>
  Object.defineProperty(holder, name, { value, enumerable: true, configurable: true, writable: true });

function parsed(bytes: Buffer): { readonly top: unknown } | undefined {
  try {
    return { top: JSON.parse(bytes.toString("utf8")) };
  } catch {
    return undefined;
  }
}

function placesIn(value: unknown, found: Place[] = []): Place[] {
  if (typeof value !== "object" || value === null) return found;
  for (const [name, inner] of Object.entries(value)) {
    found.push({ holder: value as Container, name });
    placesIn(inner, found);
  }
  return found;
}
