import type { Clause, LivePlan, Standing } from "@alternat/plan"
import { clausePair } from "@alternat/seal"
import { Person } from "./person.ts"

/** The persons whose acts close and open a clause, all of them by HTTP. */
export class Seats {
  private constructor(
    readonly usHead: Person,
    readonly ruHead: Person,
    readonly usTranslator: Person,
    readonly ruTranslator: Person,
  ) {}

  static async take(url: string): Promise<Seats> {
    const emails = ["head@us.example", "head@ru.example", "translator@us.example", "translator@ru.example"]
    const [a, b, c, d] = await Promise.all(emails.map((email) => Person.signIn(url, email)))
    if (!a || !b || !c || !d) throw new Error("four seats have four persons")
    return new Seats(a, b, c, d)
  }

  live(): Promise<LivePlan> {
    return this.usHead.get<LivePlan>("/api/plans/demo")
  }

  standing(): Promise<Standing> {
    return this.usHead.get<Standing>("/api/plans/demo/standing")
  }

  async clause(id: string): Promise<Clause> {
    const { plan } = await this.live()
    const clause = plan.sections.flatMap((section) => section.clauses).find((one) => one.id === id)
    if (!clause) throw new Error(`no clause ${id}`)
    return clause
  }

  /** A clause and the hashes of its texts, as an act names them. */
  async item(id: string) {
    return { clauseId: id, hash: clausePair(await this.clause(id)) }
  }

  async reopen(id: string): Promise<void> {
    await this.usHead.act("demo", { act: "reopen", clauses: [await this.item(id)], reason: "One more look." })
  }

  /** As it stands now: attested by both translators, agreed ad referendum by both heads. */
  async agreeAdReferendum(id: string): Promise<void> {
    const clauses = [await this.item(id)]
    const { attestations } = (await this.standing()).clauses[id] ?? { attestations: [] }
    for (const [party, translator] of [
      ["US", this.usTranslator],
      ["RU", this.ruTranslator],
    ] as const) {
      const isDone = attestations.some(
        (one) => one.party === party && one.hash.en === clauses[0]?.hash.en && one.hash.ru === clauses[0].hash.ru,
      )
      if (!isDone) await translator.act("demo", { act: "attest", clauses })
    }
    await this.usHead.act("demo", { act: "agree_ad_referendum", clauses })
    await this.ruHead.act("demo", { act: "agree_ad_referendum", clauses })
  }
}
