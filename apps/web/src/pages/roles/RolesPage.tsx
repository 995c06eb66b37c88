import { clearCell } from "@alternat/document"
import { type CostFinding, checkRoles, type Post, type RaciActivity, type RaciCode } from "@alternat/plan"
import { type KeyboardEvent, useMemo, useRef, useState } from "react"
import { useT } from "../../i18n/index.ts"
import { TABLE_ORIGIN, useLivePlan, usePlanSession, useTableEdit, useTableUndo } from "../../live/index.ts"
import { useMode } from "../../mode/index.ts"
import { Button, Mark, PartyMark, partyShort, sideOf, useParties } from "../../ui/index.ts"
import { TabsEnd } from "../plan-layout/index.ts"
import { DecisionRights, Ladder } from "./Decisions.tsx"
import { findingsAtCell, findingsOfRow, LETTERS, letterOfKey, matrixOf, nextLetter } from "./matrix.ts"
import "./roles.css"

/** Annex 2: who answers, who works, who is asked, who is told; exactly one answers on each side. */
export function RolesPage() {
  const t = useT()
  const plan = useLivePlan((live) => live.plan)
  useTableUndo()
  const findings = useMemo(() => checkRoles(plan), [plan])
  const annex = plan.tables.annexes.find((one) => one.no === 2)
  const fails = findings.filter((finding) => finding.severity === "error").length
  return (
    <div className="roles">
      <TabsEnd>
        {fails > 0 ? (
          <span className="alarm">
            <Mark name="fail" /> {t("shell.checks.fail", { count: fails })}
          </span>
        ) : (
          <span>
            <Mark name="ok" /> {t("shell.checks.hold", { count: 12 })}
          </span>
        )}
      </TabsEnd>
      <main className="main" id="content">
        <div className="hd">
          <div>
            <h1>{t("costs.annex", { no: 2, title: annex?.title[t.lang] ?? "" })}</h1>
            <p lang={t.other}>{t.in(t.other, "costs.annex", { no: 2, title: annex?.title[t.other] ?? "" })}</p>
          </div>
          <p className="key">
            {LETTERS.map((letter) => (
              <span key={letter}>
                <i className={`r ${letter} a`}>{letter}</i>
                {t(`roles.${letter}`)}
              </span>
            ))}
          </p>
        </div>
        <Matrix findings={findings} />
        <OtherFindings findings={findings} />
        <div className="low">
          <DecisionRights />
          <Ladder />
        </div>
      </main>
    </div>
  )
}

function Matrix({ findings }: { readonly findings: readonly CostFinding[] }) {
  const t = useT()
  const parties = useParties()
  const { session } = usePlanSession()
  const tables = useLivePlan((live) => live.plan.tables)
  const edit = useTableEdit("raci")
  const { mode } = useMode()
  const { posts, groups } = useMemo(() => matrixOf(tables, parties), [tables, parties])
  const [cursor, setCursor] = useState<{ readonly row: number; readonly column: number }>({ row: 0, column: 0 })
  const table = useRef<HTMLTableElement>(null)
  const rows = groups.flatMap((group) => group.activities)
  const set = (activity: RaciActivity, post: Post, letter: RaciCode | null) => {
    if (!edit.canEdit) return edit.onBarred?.()
    if (letter === null) clearCell(session.doc, activity.id, post.id, TABLE_ORIGIN)
    else edit.set(activity.id, `cell:${post.id}`, letter)
  }
  const go = (row: number, column: number) => {
    const next = {
      row: Math.max(0, Math.min(rows.length - 1, row)),
      column: Math.max(0, Math.min(posts.length - 1, column)),
    }
    setCursor(next)
    table.current?.querySelector<HTMLElement>(`[data-at="${next.row}/${next.column}"]`)?.focus()
  }
  const pressed = (event: KeyboardEvent) => {
    const { row, column } = cursor
    const steps: Readonly<Record<string, readonly [number, number]>> = {
      ArrowUp: [-1, 0],
      ArrowDown: [1, 0],
      ArrowLeft: [0, -1],
      ArrowRight: [0, 1],
      Home: [0, -99],
      End: [0, 99],
    }
    const step = steps[event.key]
    const activity = rows[row]
    const post = posts[column]
    if (step) {
      event.preventDefault()
      return go(row + step[0], column + step[1])
    }
    if (!activity || !post || event.ctrlKey || event.metaKey || event.altKey) return
    const letter =
      event.key === "Enter" || event.key === " " ? nextLetter(activity.cells[post.id] ?? null) : letterOfKey(event.key)
    if (letter === undefined) return
    // to a reader letters are the keys of the page
    if (mode === "read" && event.key !== "Enter" && event.key !== " ") return
    event.preventDefault()
    event.stopPropagation()
    set(activity, post, letter)
  }
  const firstOfB = posts.findIndex((post) => sideOf(parties, post.party) === "b")
  return (
    <div className="scroll">
      <table ref={table} className="raci" role="grid" aria-label={t("roles.matrix")} onKeyDown={pressed}>
        <colgroup>
          <col className="w" />
          {posts.map((post) => (
            <col key={post.id} />
          ))}
        </colgroup>
        <thead>
          <tr className="sd">
            <td />
            {parties.map((party, i) => (
              <th
                key={party.code}
                scope="colgroup"
                colSpan={posts.filter((post) => post.party === party.code).length}
                className={i === 0 ? "ca" : "cb f1"}
              >
                <PartyMark code={party.code} /> {t("roles.side", { party: party.code })}
              </th>
            ))}
          </tr>
          <tr className="po">
            <td />
            {posts.map((post, i) => (
              <th key={post.id} scope="col" className={i === firstOfB ? "f1" : ""} title={post.title[t.lang]}>
                {post.short[t.lang]}
              </th>
            ))}
          </tr>
        </thead>
        {groups.map(({ workstream, activities }) => (
          <tbody key={workstream.id}>
            <tr className="ws">
              <th scope="rowgroup" colSpan={posts.length + 1}>
                <b>{workstream.code}</b>
                {workstream.title[t.lang]} <span lang={t.other}>{workstream.title[t.other]}</span>
              </th>
            </tr>
            {activities.map((activity) => {
              const row = rows.indexOf(activity)
              return (
                <tr key={activity.id}>
                  <th scope="row">
                    <b>{activity.id}</b>
                    {activity.text[t.lang]}
                    {activity.scope === "both" ? null : (
                      <em>
                        {" "}
                        {t("roles.only", {
                          party: partyShort(parties.find((one) => one.code === activity.scope) ?? parties[0], t.lang),
                        })}
                      </em>
                    )}
                  </th>
                  {posts.map((post, column) => {
                    const letter = activity.cells[post.id] ?? null
                    const own = findingsAtCell(findings, activity.id, post.id)
                    const side = sideOf(parties, post.party)
                    const isCursor = cursor.row === row && cursor.column === column
                    const name =
                      t("roles.cell", {
                        activity: activity.id,
                        post: post.short[t.lang],
                        letter: letter ?? t("roles.none"),
                      }) + (own.length ? t("roles.cell.check", { codes: own.map((one) => one.code).join(" ") }) : "")
                    return (
                      <td
                        key={post.id}
                        className={`${side}${column === firstOfB ? " f1" : ""}${own.length ? " bad" : ""}`}
                        data-at={`${row}/${column}`}
                        tabIndex={isCursor ? 0 : -1}
                        aria-label={name}
                        aria-readonly={!edit.canEdit}
                        onFocus={() => setCursor({ row, column })}
                        onDoubleClick={() => set(activity, post, nextLetter(letter))}
                      >
                        {own.length ? (
                          <span className="cm">
                            <Mark name="fail" />
                          </span>
                        ) : null}
                        {letter ? <span className={`r ${letter} ${side}`}>{letter}</span> : null}
                      </td>
                    )
                  })}
                </tr>
              )
            })}
            {activities.flatMap((activity) =>
              findingsOfRow(findings, activity.id).map((finding) => (
                <tr key={`${finding.code}${finding.path}`} className="fr">
                  <td colSpan={posts.length + 1}>
                    <RowFinding
                      finding={finding}
                      activity={activity}
                      posts={posts}
                      canEdit={edit.canEdit}
                      onKeep={(drop) => drop.forEach((post) => set(activity, post, null))}
                    />
                  </td>
                </tr>
              )),
            )}
          </tbody>
        ))}
      </table>
    </div>
  )
}

interface RowFindingProps {
  readonly finding: CostFinding
  readonly activity: RaciActivity
  readonly posts: readonly Post[]
  readonly canEdit: boolean
  readonly onKeep: (drop: readonly Post[]) => void
}

/** Where two answer on one side, each can be kept with one press. */
function RowFinding({ finding, activity, posts, canEdit, onKeep }: RowFindingProps) {
  const t = useT()
  const extra = posts.find((post) => finding.path === `raci/${activity.id}/${post.id}`)
  const rivals =
    finding.code === "M01" && extra
      ? posts.filter((post) => post.party === extra.party && activity.cells[post.id] === "A")
      : []
  return (
    <p className="m01">
      <Mark name={finding.severity === "error" ? "fail" : "warn"} />
      <span>
        <b>{finding.code}</b> {t.pick(finding.message)}
      </span>
      {canEdit && rivals.length > 1
        ? rivals.map((post) => (
            <Button key={post.id} small onPress={() => onKeep(rivals.filter((other) => other.id !== post.id))}>
              {t("roles.keep", { post: post.short[t.lang] })}
            </Button>
          ))
        : null}
    </p>
  )
}

function OtherFindings({ findings }: { readonly findings: readonly CostFinding[] }) {
  const t = useT()
  return findings
    .filter((finding) => !finding.path.startsWith("raci/"))
    .map((finding) => (
      <p key={`${finding.code}${finding.path}`} className="m01">
        <Mark name={finding.severity === "error" ? "fail" : "warn"} />
        <span>
          <b>{finding.code}</b> {t.pick(finding.message)}
        </span>
      </p>
    ))
}
