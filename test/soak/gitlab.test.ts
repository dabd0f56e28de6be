import { gitlab } from "./gitlab/seeds.ts";
import { prove } from "./prove.ts";

prove(gitlab);
