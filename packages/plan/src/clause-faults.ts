import type { FoundClause, ItemFault } from "./act-parts.ts"
import { fault } from "./act-parts.ts"
import { conformityOf, isEmptyText, openProposalsOn, placeholdersOf } from "./clause-standing.ts"
import type { ClauseText, Field } from "./clause-text.ts"
import { resolveField } from "./fields.ts"
import type { LivePlan, PlanDocument } from "./plan-document.ts"

/** All that keeps a clause from being agreed, whatever its state: both languages, no brackets, no open places. */
export const clauseFaults = (
  { clause, section, standing, hash }: FoundClause,
  { live }: { readonly live: LivePlan },
): readonly ItemFault[] => {
  const { id } = clause
  const faults: ItemFault[] = []
  const conformity = conformityOf(clause, standing, hash)
  if (isEmptyText(clause.en))
    faults.push(fault(id, 422, "empty_en", "The English text is missing.", "Английский текст отсутствует."))
  if (isEmptyText(clause.ru))
    faults.push(fault(id, 422, "empty_ru", "The Russian text is missing.", "Русский текст отсутствует."))
  if (openProposalsOn(live.proposals, id).length > 0) {
    faults.push(
      fault(id, 422, "open_proposals", "A proposal on it is still open.", "По нему есть открытое предложение."),
    )
  }
  if (section.kind !== "signature" && placeholdersOf(clause.en).length + placeholdersOf(clause.ru).length > 0) {
    faults.push(
      fault(id, 422, "placeholders", "A place in it is still to be filled in.", "В нем есть незаполненное место."),
    )
  }
  if (hasMissingField(live.plan, clause.en) || hasMissingField(live.plan, clause.ru)) {
    faults.push(
      fault(
        id,
        422,
        "unbound_field",
        "A figure or reference in it is bound to nothing.",
        "Показатель или ссылка в нем ни с чем не связаны.",
      ),
    )
  }
  if (conformity === "divergent") {
    faults.push(
      fault(
        id,
        422,
        "divergent",
        "A translator has flagged that the two texts diverge.",
        "Переводчик отметил расхождение текстов.",
      ),
    )
  } else if (conformity !== "in_sync" && conformity !== "confirmed_one" && !conformity.startsWith("empty")) {
    faults.push(
      fault(
        id,
        422,
        "not_attested",
        "No translator has attested the present pair of texts.",
        "Ни один переводчик не подтвердил нынешнюю пару текстов.",
      ),
    )
  }
  return faults
}

/** Fields of a text, in order. */
export const fieldsOf = (text: ClauseText): readonly Field[] =>
  text.flatMap((block) =>
    ("p" in block ? [block.p] : block.list).flatMap((inlines) =>
      inlines.flatMap((inline) => (typeof inline === "object" && "field" in inline ? [inline] : [])),
    ),
  )

const hasMissingField = (plan: PlanDocument, text: ClauseText): boolean =>
  fieldsOf(text).some((field) => resolveField(plan, field).type === "missing")
