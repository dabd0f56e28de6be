import { pagerduty } from "./pagerduty/seeds.ts";
import { prove } from "./prove.ts";

prove(pagerduty);
