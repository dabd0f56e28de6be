import { berlin, type Instant } from "./clock.ts";
import { serviceNamed, type Service } from "./services.ts";

/** How a deployment harms its users, and how that ends. */
export interface Harm {
  readonly severity: 1 | 2 | 3;
  readonly title: string;
  readonly cause: string;
  /** Minutes from going live to being noticed. */
  readonly noticedAfter: number;
  /** Minutes from being noticed to being over. */
  readonly overAfter: number;
  readonly remedy: Remedy;
  /** The incident's record names the deployment. */
  readonly isCauseStated: boolean;
  /** The deployment tool records what a rollback rolls back. */
  readonly isRollbackStated: boolean;
  /** Deployments of several services that share this word share one incident. */
  readonly sharedAs?: string;
  readonly isNeverReviewed?: boolean;
}

export type Remedy = "rollback" | "hotfix" | "revert" | "switch";

/** A change with a part to play. */
export interface StoryChange {
  readonly title: string;
  readonly mergedAt: Instant;
  readonly paths: readonly string[];
  readonly labels: readonly string[];
}

/** An event that is written rather than drawn. */
export interface Story {
  readonly service: Service;
  readonly change: StoryChange;
  /** When it is deployed; left out = with the next planned deployment. */
  readonly deployedAt?: Instant;
  /** The release train that carries it. */
  readonly train?: string;
  readonly harm?: Harm;
}

const freeze: Story = {
  service: serviceNamed("payments"),
  change: {
    title: "Raise instant transfer limits before the holidays",
    mergedAt: berlin("2025-12-18", "09:40"),
    paths: ["services/payments/limits.yaml"],
    labels: ["configuration"],
  },
  deployedAt: berlin("2025-12-18", "10:25"),
  harm: {
    severity: 2,
    title: "Instant transfers above 5,000 euro are refused",
    cause: "New limits were read as cents; nobody was there to check them during the freeze",
    noticedAfter: 35,
    overAfter: 170,
    remedy: "rollback",
    isCauseStated: true,
    isRollbackStated: true,
  },
};

const emergency: Story = {
  service: serviceNamed("identity"),
  change: {
    title: "Rotate signing keys every day",
    mergedAt: berlin("2026-02-11", "13:10"),
    paths: ["src/keys/rotation.ts"],
    labels: [],
  },
  deployedAt: berlin("2026-02-11", "14:00"),
  harm: {
    severity: 1,
    title: "Customers are logged out every few minutes",
    cause: "Old keys were dropped before the tokens that they had signed ran out",
    noticedAfter: 12,
    overAfter: 95,
    remedy: "hotfix",
    isCauseStated: true,
    isRollbackStated: false,
    isNeverReviewed: true,
  },
};

const migration: Story = {
  service: serviceNamed("ledger"),
  change: {
    title: "Split postings into a table per year",
    mergedAt: berlin("2025-05-13", "09:10"),
    paths: ["services/ledger/migrations/V042__split_postings.sql", "services/ledger/postings.sql"],
    labels: ["migration"],
  },
  deployedAt: berlin("2025-05-13", "10:05"),
  harm: {
    severity: 1,
    title: "Balances are missing bookings of previous years",
    cause: "Migration V042 took a lock for 40 minutes and moved half of the rows",
    noticedAfter: 18,
    overAfter: 77,
    remedy: "rollback",
    isCauseStated: true,
    isRollbackStated: true,
  },
};

/** The same migration again, in steps that each can be taken back. */
const relanding: readonly Story[] = [
  {
    title: "Add posting tables per year beside the old one",
    day: "2025-05-27",
    file: "V043__add_posting_years.sql",
  },
  { title: "Write postings to both tables", day: "2025-06-03", file: "V044__write_both.sql" },
  { title: "Read postings from the tables per year", day: "2025-06-11", file: "V045__read_years.sql" },
].map(({ title, day, file }) => ({
  service: serviceNamed("ledger"),
  change: {
    title,
    mergedAt: berlin(day, "09:30"),
    paths: [`services/ledger/migrations/${file}`],
    labels: ["migration"],
  },
}));

/** All three cars of train 2026.1 carried the same library. */
const train: readonly Story[] = ["core-banking", "statements", "regulatory-reporting"].map((name, car) => ({
  service: serviceNamed(name),
  change: {
    title: "Adopt rounding library 3.0",
    mergedAt: berlin("2026-03-11", `1${car}:20`),
    paths: ["pom.xml", "src/rounding/Rounding.java"],
    labels: ["dependencies"],
  },
  harm: {
    severity: 1,
    title: "Interest is rounded down on savings accounts, statements and reports",
    cause: "Rounding library 3.0 rounds half down where 2.x rounded half up",
    noticedAfter: 840 + car * 10,
    overAfter: 150 + car * 25,
    remedy: "rollback",
    isCauseStated: true,
    isRollbackStated: true,
    sharedAs: "train 2026.1",
  },
  train: "2026.1",
}));

/** A fix that is picked onto the branch of the running release, as core-banking does it. */
const picked: Story = {
  service: serviceNamed("core-banking"),
  change: {
    title: "Offer term deposits of eighteen months",
    mergedAt: berlin("2025-09-09", "11:05"),
    paths: ["src/deposits/terms.java"],
    labels: [],
  },
  train: "2025.3",
  harm: {
    severity: 2,
    title: "Term deposits cannot be opened",
    cause: "The list of terms was read from the product catalogue of the test bank",
    noticedAfter: 640,
    overAfter: 200,
    remedy: "hotfix",
    isCauseStated: true,
    isRollbackStated: false,
  },
};

export const stories: readonly Story[] = [freeze, emergency, migration, ...relanding, ...train, picked];

export const storyOfTrain = (service: Service, train: string | undefined) =>
  stories.find((story) => train !== undefined && story.train === train && story.service === service);

/** A quarter in which Risk had left its old incident tool and the new one was not there yet. */
const GAP = { service: "fraud-check", from: berlin("2025-07-01"), until: berlin("2025-10-01") } as const;

export const hasIncidentTool = (service: Service, at: Instant) =>
  service.name !== GAP.service || at < GAP.from || at >= GAP.until;

/** Half a year in which the runners of one pipeline ran out of memory. */
const FLAKY = {
  service: "notifications",
  from: berlin("2025-10-01"),
  until: berlin("2026-04-01"),
  chance: 0.36,
} as const;

/** Chance that an attempt fails for reasons of the pipeline. */
export function flakiness(service: Service, at: Instant): number {
  return service.name === FLAKY.service && at >= FLAKY.from && at < FLAKY.until ? FLAKY.chance : 0.02;
}

/** How much more often a deployment of that day harms. */
export function fridayFactor(service: Service, isFriday: boolean): number {
  if (service.name !== "web-banking") return 1;
  return isFriday ? 6 : 0.8;
}

/** After the reorganisation one team reviews for four services, and everything waits. */
export const REORGANISED = { team: "channels", coding: 1.1, pickup: 2.9, review: 2.1 } as const;
