import { plainText } from "@alternat/text"
import { useMemo, useState } from "react"
import { Mark, type MarkName, PartyTag, partyShort, Segmented, stateMark } from "../../ui/index.ts"
import { nameOf, type PlanText, usePlanText } from "./context.ts"
import { placeholderName } from "./fields.ts"
import type { ClauseView } from "./plan-view.ts"
import { SheetFrame } from "./SheetFrame.tsx"

interface OpenItem {
  readonly key: string
  readonly view: ClauseView
  readonly mark: MarkName
  readonly kind: string
  readonly party: string | null
  readonly words: string
}

/** Everything open, by section and by party, one key away. */
export function OpenList() {
  const page = usePlanText()
  const { say, setHand, parties } = page
  const [party, setParty] = useState("all")
  const items = useMemo(() => openItems(page), [page])
  const shown = items.filter((item) => party === "all" || item.party === party)
  const sections = [...new Set(shown.map((item) => item.view.section))]
  return (
    <SheetFrame title={say("pt.openItems")} onClose={() => setHand({ sheet: null })}>
      <div className="openlist">
        <div className="filters">
          <Segmented
            label={say("pt.openItems.party")}
            value={party}
            options={[
              { value: "all", label: `${say("pt.all")} ${items.length}` },
              ...parties.map((one) => ({
                value: one.code,
                label: `${partyShort(one, say.lang)} ${items.filter((item) => item.party === one.code).length}`,
              })),
            ]}
            onChange={setParty}
          />
        </div>
        {shown.length === 0 && <p className="em">{say("pt.openItems.empty")}</p>}
        {sections.map((section) => (
          <section key={section.id}>
            <h3>
              <span>{section.kind === "section" ? section.number : ""}</span> {say.pick(section.heading)}
            </h3>
            <ul>
              {shown
                .filter((item) => item.view.section === section)
                .map((item) => (
                  <li key={item.key}>
                    <button
                      type="button"
                      onClick={() => {
                        setHand({ sheet: null })
                        page.goTo(item.view.id)
                      }}
                    >
                      <Mark name={item.mark} />
                      <span>{nameOf(item.view, say)}</span>
                      <span className="soft">{item.kind}</span>
                      <span className="serif">{item.words}</span>
                      <span>{item.party !== null && <PartyTag code={item.party} />}</span>
                    </button>
                  </li>
                ))}
            </ul>
          </section>
        ))}
      </div>
    </SheetFrame>
  )
}

function openItems(page: PlanText): readonly OpenItem[] {
  const { say, view, display } = page
  const words = (text: Parameters<typeof plainText>[0]) => plainText(text, say.lang, display[say.lang].resolve)
  return view.order.flatMap((id): readonly OpenItem[] => {
    const one = view.byId.get(id)
    if (one === undefined) return []
    const own = words(one.clause[say.lang])
    const item = (key: string, mark: MarkName, kind: string, text: string, party: string | null = null): OpenItem => ({
      key: `${id}:${key}`,
      view: one,
      mark,
      kind,
      party,
      words: text,
    })
    const settled: readonly OpenItem[] = [
      ...one.proposals.map((p) =>
        item(
          p.id,
          "bracketed",
          say("pt.openItems.proposal"),
          p.kind === "delete" ? say("pt.deleteOf", { number: nameOf(one, say) }) : words(p[say.lang]),
          p.party,
        ),
      ),
      ...one.inserts.map((p) => item(p.id, "bracketed", say("pt.openItems.newClause"), words(p[say.lang]), p.party)),
      ...one.reserves.map((r) => item(r.id, "res", say("pt.openItems.reserve"), say.pick(r.reason), r.party)),
      ...one.placeholders.map((key) =>
        item(`ph:${key}`, "tabled", say("pt.openItems.placeholder"), placeholderName(key, say)),
      ),
      ...(one.bars.includes("missing")
        ? [item("missing", stateMark(one.state), say("pt.openItems.missing"), own)]
        : []),
      ...(one.conformity === "divergent"
        ? [item("div", "diverge", say("pt.openItems.divergent"), one.standing.divergence?.note ?? own)]
        : []),
      ...(one.standing.state === "parked" ? [item("parked", "parked", say("pt.openItems.parked"), own)] : []),
    ]
    const isUnsettled = one.standing.state === "tabled" || one.standing.state === "under_negotiation"
    if (settled.length > 0 || !isUnsettled) return settled
    return [item("state", stateMark(one.state), say("pt.openItems.notAgreed"), own)]
  })
}
