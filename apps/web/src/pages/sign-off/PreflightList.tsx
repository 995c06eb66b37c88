import type { PreflightItem } from "@alternat/plan"
import { Link } from "@tanstack/react-router"
import { useT } from "../../i18n/index.ts"
import { usePlanSession } from "../../live/index.ts"
import { Mark } from "../../ui/index.ts"

/** What stands in the way, in the order of the plan; each line leads to its place. */
export function PreflightList({ title, items }: { readonly title: string; readonly items: readonly PreflightItem[] }) {
  const t = useT()
  if (items.length === 0) return null
  return (
    <section>
      <h2>
        {title} <span className="dim">{items.length}</span>
      </h2>
      <ul className="so-preflight">
        {bySubject(items).map((group) => (
          <li key={group.key}>
            <Mark name={group.items.some((item) => item.severity === "blocks") ? "fail" : "warn"} />
            <span>
              {group.items.map((item) => (
                <Place key={item.code + item.message.en} item={item}>
                  {t.pick(item.message)}
                </Place>
              ))}
            </span>
          </li>
        ))}
      </ul>
    </section>
  )
}

/** One line a place, whatever is said of it. */
function bySubject(
  items: readonly PreflightItem[],
): readonly { readonly key: string; readonly items: readonly PreflightItem[] }[] {
  const groups = new Map<string, PreflightItem[]>()
  for (const item of items) {
    const key = item.subject ? `${item.subject.type}:${item.subject.id}` : item.message.en
    groups.set(key, [...(groups.get(key) ?? []), item])
  }
  return [...groups].map(([key, grouped]) => ({ key, items: grouped }))
}

function Place({ item, children }: { readonly item: PreflightItem; readonly children: string }) {
  const { planId } = usePlanSession()
  const { subject } = item
  if (!subject) return <span>{children}</span>
  const params = { planId }
  if (subject.type === "line")
    return (
      <Link to="/plans/$planId/costs" params={params}>
        {children}
      </Link>
    )
  if (subject.type === "table" || subject.type === "proposal")
    return (
      <Link to={pageOfTable(subject.id)} params={params}>
        {children}
      </Link>
    )
  return (
    <Link to="/plans/$planId" params={params} hash={subject.id}>
      {children}
    </Link>
  )
}

const PRIORITY_TABLES = /^(priorities|milestones|risks|P\d|JP)/
const ROLE_TABLES =
  /^(raci|posts|persons|decision_rights|escalation|committee|working_groups|access_rules|audit_rights|reports|workstreams|executive_agents)/
const COST_TABLES = /^(cost_lines|CP|L\d|in_kind|fx)/

function pageOfTable(id: string) {
  if (COST_TABLES.test(id)) return "/plans/$planId/costs" as const
  if (PRIORITY_TABLES.test(id)) return "/plans/$planId/priorities" as const
  if (ROLE_TABLES.test(id)) return "/plans/$planId/roles" as const
  return "/plans/$planId" as const
}
