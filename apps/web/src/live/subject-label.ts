import { type EventEntry, numberOf, type PlanDocument } from "@alternat/plan"

/** What an event is about, as it is called now: "17.2", "L08"; null where its words already say it or it is gone. */
export function subjectLabel(plan: PlanDocument, subject: EventEntry["subject"]): string | null {
  if (subject === null) return null
  if (subject.type === "clause") return numberOf(plan, subject.id)
  // an id that a person never sees says nothing to anybody
  return /^[A-Z]{1,3}\d{1,3}$/.test(subject.id) ? subject.id : null
}
