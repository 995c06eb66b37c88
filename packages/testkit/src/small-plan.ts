import type { NewPlan } from "@alternat/store"
/** Two clauses, one cost line, a plan document and two caucuses that hold `updates` as given. */
export declare function smallPlan(overrides?: Partial<NewPlan>): NewPlan
