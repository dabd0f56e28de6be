import { berlin, type Instant } from "./clock.ts";
import type { TeamName } from "./people.ts";

/** Typical length of the stages of a change, in hours of work. */
export interface Stages {
  readonly coding: number;
  readonly pickup: number;
  readonly review: number;
}

export interface Service {
  readonly name: string;
  /** What the deployment tool calls it. */
  readonly code: string;
  readonly ticketPrefix: string;
  readonly team: TeamName;
  /** Folder within a monorepo. */
  readonly folder?: string;
  /** Changes in the time it was active. */
  readonly changes: number;
  /** Planned deployments to production per working day, beside release trains. */
  readonly rate: number;
  readonly isInTrain?: boolean;
  /** Chance that a deployment harms users. */
  readonly failure: number;
  readonly stages: Stages;
  /** Names of its production environments, in the order of rollout. */
  readonly copies: readonly string[];
  readonly isStaged?: boolean;
  readonly needsChangeRequest?: boolean;
  /** Calendar versions are counted up; without them a commit is all that names a deployment. */
  readonly isVersioned?: boolean;
  /** Urgent fixes are picked onto the branch of the release that runs. */
  readonly hasReleaseBranches?: boolean;
  /** False where only versions are recorded, so that no commit ties a deployment to its changes. */
  readonly hasCommits: boolean;
  readonly activeFrom?: Instant;
  readonly retiredAt?: Instant;
  /** Things that its changes are about. */
  readonly subjects: readonly string[];
}

export interface Repository {
  readonly name: string;
  readonly services: readonly Service[];
  /** How its commits reach Quarterdeck. */
  readonly graph: "git" | "file" | "none";
  readonly merge: "squash" | "merge";
  readonly sharedFolder?: string;
  /** False where no code review tool is collected: all there is to know is in the commits. */
  readonly hasReviewTool: boolean;
}

const ONE_REGION = ["prod"] as const;
const TWO_REGIONS = ["prod-eu", "prod-us"] as const;

const payments: Service = {
  name: "payments",
  code: "PAY01",
  ticketPrefix: "PAY",
  team: "payments",
  folder: "services/payments",
  changes: 1050,
  rate: 1,
  failure: 0.065,
  stages: { coding: 7, pickup: 2, review: 2.5 },
  copies: TWO_REGIONS,
  isStaged: true,
  needsChangeRequest: true,
  hasCommits: true,
  subjects: [
    "instant transfer limits",
    "SEPA batch booking",
    "IBAN checks",
    "payment retry",
    "standing orders",
    "duplicate detection",
    "cut-off times",
    "beneficiary name check",
  ],
};

const ledger: Service = {
  name: "ledger",
  code: "LED02",
  ticketPrefix: "LED",
  team: "payments",
  folder: "services/ledger",
  changes: 600,
  rate: 0.42,
  failure: 0.065,
  stages: { coding: 9, pickup: 3, review: 4 },
  copies: ONE_REGION,
  isStaged: true,
  needsChangeRequest: true,
  hasCommits: true,
  subjects: [
    "posting rules",
    "balance snapshots",
    "journal export",
    "rounding of fees",
    "account locks",
    "end-of-day close",
    "idempotency keys",
  ],
};

const fraudCheck: Service = {
  name: "fraud-check",
  code: "FRD01",
  ticketPrefix: "FRD",
  team: "risk",
  folder: "services/fraud-check",
  changes: 700,
  rate: 0.6,
  failure: 0.1,
  stages: { coding: 8, pickup: 4, review: 4 },
  copies: ONE_REGION,
  hasCommits: true,
  subjects: [
    "velocity rules",
    "device scores",
    "sanction list import",
    "model features",
    "alert queue",
    "false positive filter",
  ],
};

const creditScoring: Service = {
  name: "credit-scoring",
  code: "CRS04",
  ticketPrefix: "CRS",
  team: "risk",
  changes: 440,
  rate: 0.21,
  failure: 0.11,
  stages: { coding: 12, pickup: 6, review: 6 },
  copies: ONE_REGION,
  hasCommits: true,
  subjects: [
    "score card 7",
    "bureau connector",
    "income rules",
    "reason codes",
    "limit proposals",
    "model monitoring",
  ],
};

const regulatoryReporting: Service = {
  name: "regulatory-reporting",
  code: "REG01",
  ticketPrefix: "REG",
  team: "risk",
  changes: 340,
  rate: 0.048,
  isInTrain: true,
  failure: 0.1,
  stages: { coding: 14, pickup: 8, review: 8 },
  copies: ONE_REGION,
  isStaged: true,
  needsChangeRequest: true,
  isVersioned: true,
  hasCommits: true,
  subjects: [
    "FINREP templates",
    "COREP mapping",
    "liquidity ratios",
    "validation rules",
    "taxonomy 4.0",
    "delivery receipts",
  ],
};

const webBanking: Service = {
  name: "web-banking",
  code: "WEB",
  ticketPrefix: "WEB",
  team: "channels",
  changes: 2000,
  rate: 1.95,
  failure: 0.045,
  stages: { coding: 6, pickup: 2.2, review: 2 },
  copies: ONE_REGION,
  hasCommits: true,
  subjects: [
    "transfer form",
    "account overview",
    "session timeout",
    "cookie banner",
    "card settings",
    "message centre",
    "search",
    "accessibility of tables",
    "dark theme",
    "chart of spendings",
  ],
};

const mobileApi: Service = {
  name: "mobile-api",
  code: "MOB",
  ticketPrefix: "MOB",
  team: "platform",
  changes: 950,
  rate: 1,
  failure: 0.1,
  stages: { coding: 7, pickup: 2.5, review: 2.5 },
  copies: ONE_REGION,
  hasCommits: true,
  subjects: [
    "push tokens",
    "login with passkeys",
    "account list endpoint",
    "rate limits",
    "photo transfer",
    "error codes",
    "API version 3",
  ],
};

const notifications: Service = {
  name: "notifications",
  code: "NTF",
  ticketPrefix: "NTF",
  team: "platform",
  changes: 800,
  rate: 0.9,
  failure: 0.11,
  stages: { coding: 5, pickup: 2.5, review: 2 },
  copies: ONE_REGION,
  hasCommits: true,
  subjects: [
    "mail templates",
    "SMS gateway",
    "quiet hours",
    "bounce handling",
    "preference centre",
    "digest mails",
  ],
};

const onboarding: Service = {
  name: "onboarding",
  code: "ONB",
  ticketPrefix: "ONB",
  team: "channels",
  changes: 500,
  rate: 1.1,
  failure: 0.15,
  stages: { coding: 6, pickup: 2, review: 2 },
  copies: ONE_REGION,
  hasCommits: true,
  activeFrom: berlin("2025-07-01"),
  subjects: [
    "video identification",
    "document upload",
    "address check",
    "welcome flow",
    "tax self-disclosure",
    "joint accounts",
  ],
};

const coreBanking: Service = {
  name: "core-banking",
  code: "CORE",
  ticketPrefix: "CORE",
  team: "core",
  changes: 760,
  rate: 0.03,
  isInTrain: true,
  failure: 0.05,
  stages: { coding: 16, pickup: 7, review: 8 },
  copies: ONE_REGION,
  isStaged: true,
  needsChangeRequest: true,
  isVersioned: true,
  hasReleaseBranches: true,
  hasCommits: true,
  subjects: [
    "interest accrual",
    "term deposits",
    "account closure",
    "dormant accounts",
    "fee schedule",
    "batch scheduler",
    "customer merge",
    "currency accounts",
  ],
};

const statements: Service = {
  name: "statements",
  code: "STM",
  ticketPrefix: "STM",
  team: "core",
  changes: 380,
  rate: 0.1,
  isInTrain: true,
  failure: 0.1,
  stages: { coding: 10, pickup: 6, review: 5 },
  copies: ONE_REGION,
  isVersioned: true,
  hasCommits: false,
  subjects: [
    "monthly statement layout",
    "PDF archive",
    "tax certificates",
    "paper dispatch",
    "statement search",
  ],
};

const cardsLegacy: Service = {
  name: "cards-legacy",
  code: "CRD9",
  ticketPrefix: "CRD",
  team: "core",
  changes: 190,
  rate: 0.09,
  failure: 0.1,
  stages: { coding: 12, pickup: 9, review: 6 },
  copies: ONE_REGION,
  isVersioned: true,
  hasCommits: true,
  retiredAt: berlin("2025-11-01"),
  subjects: [
    "authorisation codes",
    "chargeback import",
    "card replacement",
    "limit service",
    "migration export",
  ],
};

const identity: Service = {
  name: "identity",
  code: "IDP",
  ticketPrefix: "IDP",
  team: "platform",
  changes: 780,
  rate: 0.85,
  failure: 0.07,
  stages: { coding: 7, pickup: 2.5, review: 3 },
  copies: TWO_REGIONS,
  isStaged: true,
  needsChangeRequest: true,
  hasCommits: true,
  subjects: [
    "token lifetime",
    "passkey registration",
    "step-up authentication",
    "login throttling",
    "key rotation",
    "audit events",
    "consent screen",
  ],
};

const clientSdk: Service = {
  name: "client-sdk",
  code: "SDK",
  ticketPrefix: "SDK",
  team: "platform",
  changes: 260,
  rate: 0.06,
  failure: 0.12,
  stages: { coding: 8, pickup: 5, review: 4 },
  copies: ONE_REGION,
  hasCommits: true,
  subjects: [
    "retry policy",
    "typed errors",
    "pagination helper",
    "request signing",
    "examples",
    "telemetry hook",
    "timeouts",
  ],
};

const oneService = (
  service: Service,
  graph: Repository["graph"],
  merge: Repository["merge"] = "squash",
): Repository => ({
  name: `acme/${service.name}`,
  services: [service],
  graph,
  merge,
  hasReviewTool: true,
});

export const platform: Repository = {
  name: "acme/platform",
  services: [payments, ledger, fraudCheck],
  graph: "git",
  merge: "squash",
  sharedFolder: "libs",
  hasReviewTool: true,
};

export const sdk: Repository = { ...oneService(clientSdk, "git", "merge"), hasReviewTool: false };

export const repositories: readonly Repository[] = [
  platform,
  oneService(mobileApi, "git", "merge"),
  sdk,
  oneService(coreBanking, "file"),
  oneService(statements, "none"),
  oneService(regulatoryReporting, "file"),
  oneService(webBanking, "file"),
  oneService(notifications, "file"),
  oneService(onboarding, "file"),
  oneService(creditScoring, "file"),
  oneService(cardsLegacy, "file"),
  oneService(identity, "file"),
];

export const services: readonly Service[] = repositories.flatMap((repository) => repository.services);

export function serviceNamed(name: string): Service {
  const found = services.find((service) => service.name === name);
  if (!found) throw new RangeError(`no service ${name}`);
  return found;
}

/** On this Monday, in the middle of a quarter, Channels took two services over from Platform. */
export const REORGANISATION = berlin("2025-11-17");
const MOVED = new Set(["mobile-api", "notifications"]);

export function teamOf(service: Service, at: Instant): TeamName {
  return MOVED.has(service.name) && at >= REORGANISATION ? "channels" : service.team;
}
