import type { Json } from "../../collectors/contract.ts";
import type { Replacer } from "./words.ts";

/** Called for each value that stands where people stand, before it is replaced. */
export type Seen = (value: string) => void;

/** Fields in which a person stands, or a list of people, or what says who that is; without capitals and underscores. */
const PEOPLE =
  /^(?:(?:co)?authors?|committers?|assignees?|reporter|creator|(?:requested)?reviewers?|approvers?|approvedby|merge(?:d?by|user)|(?:closed|opened|created|updated|requested|acknowledged|resolved|booked|disposed|asserted)by|sys(?:created|updated)by|assignedto|callerid|owner|deployer|actor|triggeringactor|responders?|person|users?|logins?|username|accountid|(?:public|author|committer)?e-?mails?(?:address)?|(?:author|committer|display)name)$/;

/** Beside one of these, `name` is that of a person. */
const TELLING = /^(?:login|username|email|emailaddress|displayname|accountid)$/;

/** Fields within what stands for a person. */
const PARTS = /^(?:name|key|value|summary|displayvalue|username)$/;

/** What only names a person where the record says that it is one. */
const TYPED = /^(?:id|summary|name|email)$/;

/** Places of teams, machines and organisations as well: nobody is found by standing there. */
const MIXED = /^(?:owner|actor)$/;

interface Place {
  readonly field: string;
  readonly isPerson: boolean;
  readonly isMixed: boolean;
}

const NOWHERE: Place = { field: "", isPerson: false, isMixed: false };

/** The same record without names: people's fields as a whole, all other text by the words in it, names of fields too. */
export const pseudonymised = (value: Json, replacer: Replacer): Json =>
  within(
    value,
    NOWHERE,
    (text, { isPerson }) => (isPerson ? replacer.person(text) : replacer.text(text)),
    replacer.text,
  );

/** Whoever stands in a field for people. */
export function peopleIn(value: Json, seen: Seen): void {
  within(
    value,
    NOWHERE,
    (text, { isPerson, isMixed }) => {
      if (isPerson && !isMixed) seen(text);
      return text;
    },
    (name) => name,
  );
}

type OfText = (text: string, place: Place) => string;

function within(value: Json, place: Place, ofText: OfText, ofName: (name: string) => string): Json {
  if (typeof value === "string") return ofText(value, place);
  if (value === null || typeof value !== "object") return value;
  if (Array.isArray(value)) return value.map((item) => within(item, place, ofText, ofName));
  const placeOf = placesIn(value, place);
  return Object.fromEntries(
    Object.entries(value).map(([name, item]) => [ofName(name), within(item, placeOf(name), ofText, ofName)]),
  );
}

/** In which members of an object people stand, by what they are called and by what stands beside them. */
function placesIn(value: { [key: string]: Json }, outer: Place): (name: string) => Place {
  const kind = typeof value["type"] === "string" ? value["type"].toLowerCase() : undefined;
  const isOther = kind === "organization" || kind === "bot";
  const isUser = kind === "user" || kind === "user_reference";
  const isTelling = Object.keys(value).some((name) => TELLING.test(plain(name)));
  return (name) => {
    // ServiceNow: `approver.user_name`, a field behind a reference.
    const [first = "", behind] = plain(name).split(".");
    if (isOther) return { ...NOWHERE, field: first };
    const isMixed = MIXED.test(first) || (outer.isMixed && !isUser);
    if (PEOPLE.test(first)) return { field: first, isPerson: behind === undefined || isPart(behind), isMixed };
    if (outer.isPerson && PARTS.test(first)) return { field: first, isPerson: true, isMixed };
    if (isUser && TYPED.test(first)) return { field: first, isPerson: true, isMixed: false };
    return { field: first, isPerson: isTelling && first === "name", isMixed: true };
  };
}

const plain = (field: string) => field.toLowerCase().replaceAll("_", "");
const isPart = (field: string) => PARTS.test(field) || PEOPLE.test(field);
