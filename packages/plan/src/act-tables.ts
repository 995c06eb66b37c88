import type { StandingChange } from "./act-effects.ts"
import type { Decision, ItemFault, Scene } from "./act-parts.ts"
import { byParty, effects, fault, notYours, refuse, refuseItems, said } from "./act-parts.ts"
import type { Act } from "./acts.ts"
import { freshRowStanding, isClosedLine, lineStandingOf } from "./clause-standing.ts"
import { mayTableKind } from "./permissions.ts"
import type { TableProposal } from "./plan-document.ts"
import { linesTouchedBy, tableProposalBase, writesOf } from "./table-proposals.ts"

/** Proposals about the typed tables: figures of cost lines, new lines, the joint order of priorities. */

type Of<Name extends Act["act"]> = Extract<Act, { act: Name }>

const TITLES: Readonly<Record<TableProposal["kind"], readonly [string, string]>> = {
  ramp_share: ["U.S. share of a year", "доля США на год"],
  amount: ["amount of a cost line", "сумма по позиции"],
  new_line: ["new cost line", "новая позиция"],
  joint_rank: ["joint order of priorities", "совместный порядок приоритетов"],
}
const titleOf = (kind: TableProposal["kind"]) => said(TITLES[kind][0], TITLES[kind][1])

export const tableTableProposal = (act: Of<"table_table_proposal">, scene: Scene): Decision => {
  if (!mayTableKind(scene.actor, act.kind)) return notYours()
  const described = { kind: act.kind, value: act.value }
  const writes = writesOf(scene.live.plan, described)
  if (!writes.ok) return refuse(422, writes.error.code, writes.error.message.en, writes.error.message.ru)
  if (tableProposalBase(scene.live.plan, described, scene.hashes) !== act.base) {
    return refuse(
      409,
      "stale_hash",
      "The table has changed since: read it again and repeat.",
      "Таблица с тех пор изменилась: прочтите ее заново и повторите.",
    )
  }
  const proposal: TableProposal = {
    id: scene.newId(),
    party: scene.party,
    kind: act.kind,
    status: "open",
    value: act.value,
    base: act.base,
    reason: act.reason,
    openedAt: scene.now,
    closedAt: null,
  }
  const title = titleOf(act.kind)
  return effects({
    text: [{ type: "put_table_proposal", proposal }],
    events: [
      {
        kind: "table_table_proposal",
        subject: { type: "table_proposal", id: proposal.id },
        summary: byParty(scene, `proposal tabled: ${title.en}`, `внесено предложение: ${title.ru}`),
        data: { hash: scene.hashes.tableProposalHash(proposal) },
      },
    ],
    created: { type: "table_proposal", id: proposal.id },
  })
}

const openTableProposal = (scene: Scene, id: string): TableProposal | null =>
  scene.live.tableProposals.find((one) => one.id === id && one.status === "open") ?? null

export const withdrawTableProposal = (act: Of<"withdraw_table_proposal">, scene: Scene): Decision => {
  const proposal = openTableProposal(scene, act.proposalId)
  if (proposal === null) {
    return refuse(
      409,
      "unknown_proposal",
      "This proposal is no longer open: reload the plan.",
      "Это предложение уже не открыто: обновите план.",
    )
  }
  if (proposal.party !== scene.party) {
    return refuse(
      403,
      "not_your_proposal",
      "Only the side that tabled a proposal withdraws it.",
      "Отозвать предложение может только внесшая его Сторона.",
    )
  }
  if (!mayTableKind(scene.actor, proposal.kind)) return notYours()
  if (scene.hashes.tableProposalHash(proposal) !== act.hash) {
    return refuse(
      409,
      "stale_hash",
      "The proposal has changed since: read it again.",
      "Предложение с тех пор изменилось: прочтите его заново.",
    )
  }
  const title = titleOf(proposal.kind)
  return effects({
    text: [{ type: "table_proposal_status", proposalId: proposal.id, status: "withdrawn", closedAt: scene.now }],
    events: [
      {
        kind: "withdraw_table_proposal",
        subject: { type: "table_proposal", id: proposal.id },
        summary: byParty(scene, `proposal withdrawn: ${title.en}`, `предложение отозвано: ${title.ru}`),
      },
    ],
  })
}

export const consentTableProposals = (act: Of<"consent_table_proposal">, scene: Scene): Decision => {
  const faults: ItemFault[] = []
  const accepted: TableProposal[] = []
  for (const item of act.items) {
    const judged = judge(item, scene, accepted)
    if ("code" in judged) faults.push(judged)
    else accepted.push(judged)
  }
  if (faults.length > 0) return refuseItems(act.act, faults)
  const standing = accepted.flatMap((proposal): readonly StandingChange[] =>
    linesOf(proposal).map((lineId) => ({ type: "line", lineId, standing: freshRowStanding(scene.now) })),
  )
  return effects({
    standing,
    text: accepted.flatMap((proposal) => {
      const writes = writesOf(scene.live.plan, proposal)
      return [
        {
          type: "table_proposal_status" as const,
          proposalId: proposal.id,
          status: "accepted" as const,
          closedAt: scene.now,
        },
        ...(writes.ok ? writes.value : []),
      ]
    }),
    events: accepted.map((proposal) => ({
      kind: "table_proposal_accepted",
      subject: { type: "table_proposal", id: proposal.id },
      summary: byParty(
        scene,
        `consent to the proposal: ${titleOf(proposal.kind).en}; it is now in the table`,
        `согласие с предложением: ${titleOf(proposal.kind).ru}; оно внесено в таблицу`,
      ),
      data: { hash: scene.hashes.tableProposalHash(proposal) },
    })),
  })
}

const linesOf = (proposal: TableProposal): readonly string[] => {
  if (proposal.kind !== "new_line") return linesTouchedBy(proposal)
  const line = proposal.value["line"] as { readonly id: string }
  return [line.id]
}

const judge = (
  item: Of<"consent_table_proposal">["items"][number],
  scene: Scene,
  accepted: readonly TableProposal[],
): ItemFault | TableProposal => {
  const id = item.proposalId
  const proposal = openTableProposal(scene, id)
  if (proposal === null)
    return fault(id, 409, "unknown_proposal", "This proposal is no longer open.", "Это предложение уже не открыто.")
  if (proposal.party === scene.party) {
    return fault(
      id,
      409,
      "own_proposal",
      "Your side has consented by tabling it; the other side's consent is awaited.",
      "Ваша Сторона дала согласие, внеся предложение; ожидается согласие другой Стороны.",
    )
  }
  if (!mayTableKind(scene.actor, proposal.kind)) {
    return fault(
      id,
      422,
      "not_your_role",
      "Your role doesn't decide on this table.",
      "Решение по этой таблице не входит в ваши полномочия.",
    )
  }
  if (scene.hashes.tableProposalHash(proposal) !== item.hash || proposal.base !== item.base) {
    return fault(
      id,
      409,
      "stale_hash",
      "The proposal has changed since: read it again.",
      "Предложение с тех пор изменилось: прочтите его заново.",
    )
  }
  if (tableProposalBase(scene.live.plan, proposal, scene.hashes) !== proposal.base) {
    return fault(
      id,
      409,
      "stale_base",
      "The table has moved on since this was tabled: its side has to table it anew.",
      "После внесения предложения таблица изменилась: внесшая Сторона должна внести его заново.",
    )
  }
  const closed = linesTouchedBy(proposal).find((line) => isClosedLine(lineStandingOf(scene.standing, line).state))
  if (closed !== undefined) {
    return fault(
      id,
      409,
      "line_closed",
      `Line ${closed} is closed: a head reopens it first.`,
      `Позиция ${closed} закрыта: сначала глава делегации возвращает ее на обсуждение.`,
    )
  }
  const writes = writesOf(scene.live.plan, proposal)
  if (!writes.ok) return fault(id, 422, writes.error.code, writes.error.message.en, writes.error.message.ru)
  if (accepted.some((one) => overlaps(one, proposal))) {
    return fault(
      id,
      422,
      "same_rows",
      "Two proposals for the same rows can't both be accepted at once.",
      "Нельзя одновременно принять два предложения по одним и тем же строкам.",
    )
  }
  return proposal
}

// Two orders, two new lines or two figures for one line: each was tabled without knowing of the other.
const overlaps = (a: TableProposal, b: TableProposal): boolean =>
  a.id === b.id ||
  (a.kind === "joint_rank" && b.kind === "joint_rank") ||
  (a.kind === "new_line" && b.kind === "new_line") ||
  linesTouchedBy(a).some((line) => linesTouchedBy(b).includes(line))
