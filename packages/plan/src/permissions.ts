import type { ActName } from "./acts.ts"
import type { Actor, Role } from "./party.ts"
import type { TableProposalKind } from "./plan-document.ts"
import type { TableName } from "./tables.ts"

/** What a person may sign, besides the acts of `acts.ts`. */
export type PermittedAct = ActName | "sign"

const RANKERS: readonly Role[] = ["head", "expert", "drafter"]
const BUDGETERS: readonly Role[] = ["head", "budget"]

const ROLES_OF_ACT: Readonly<Record<PermittedAct, readonly Role[]>> = {
  table_proposal: ["releasing"],
  revise_proposal: ["releasing"],
  withdraw_proposal: ["releasing", "head"],
  consent_proposal: ["head", "drafter"],
  table_table_proposal: ["head", "budget", "expert", "drafter"],
  withdraw_table_proposal: ["head", "budget", "expert", "drafter"],
  consent_table_proposal: ["head", "budget", "expert", "drafter"],
  agree_ad_referendum: ["head"],
  agree: ["clearing"],
  withdraw_row: ["head", "budget", "expert", "drafter"],
  restore_row: ["head", "budget", "expert", "drafter"],
  reopen: ["head"],
  park: ["head"],
  unpark: ["head"],
  attest: ["translator"],
  flag_divergence: ["translator"],
  make_reserve: ["head", "legal"],
  lift_reserve: ["head", "legal"],
  freeze: ["head"],
  unlock: ["head"],
  sign: ["head"],
}

const holds = (actor: Actor, roles: readonly Role[]): boolean =>
  actor.party !== null && actor.roles.some((role) => roles.includes(role))

/** May this person do such acts at all? Whether this one act is right, `decideAct` says. */
export const may = (actor: Actor, act: PermittedAct): boolean => holds(actor, ROLES_OF_ACT[act])

/** Figures belong to budget officers, the order of priorities to experts and drafters; heads do both. */
export const mayTableKind = (actor: Actor, kind: TableProposalKind): boolean =>
  holds(actor, kind === "joint_rank" ? RANKERS : BUDGETERS)

export type EditTarget =
  | { readonly type: "clause" }
  | { readonly type: "row"; readonly table: TableName }
  | { readonly type: "terms" }
  | { readonly type: "caucus" }

const EDITORS_OF_TEXT: readonly Role[] = ["drafter", "legal", "translator", "expert", "head", "budget"]

/** Which part of a document may this person type into, while it is open? Members of a delegation only. */
export const mayEdit = (actor: Actor, target: EditTarget): boolean => {
  switch (target.type) {
    case "clause":
      return holds(actor, EDITORS_OF_TEXT)
    case "row":
      return holds(actor, target.table === "cost_lines" ? ["budget", "head", "drafter"] : ["head", "drafter", "expert"])
    case "terms":
      return holds(actor, ["budget", "head", "drafter"])
    case "caucus":
      return actor.party !== null
  }
}
