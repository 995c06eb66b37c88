import type { Priority } from "@alternat/plan"
import type { KeyboardEvent } from "react"
import { useT } from "../../i18n/index.ts"
import { useParties } from "../../ui/index.ts"
import type { SlopeRow, SlopeView } from "./slope.ts"

const STEP = 48
const LEFT = 318
const RIGHT = 556
const CLASS = { convergent: "c", partly: "p", divergent: "d" } as const
const ORDER = ["convergent", "partly", "divergent"] as const

interface SlopeChartProps {
  readonly view: SlopeView
  readonly priorities: readonly Priority[]
  readonly chosen: string | null
  readonly onChoose: (id: string) => void
}

/** Two rankings as slopes: what both put level is quiet, what they put far apart is drawn strongest. */
export function SlopeChart({ view, priorities, chosen, onChoose }: SlopeChartProps) {
  const t = useT()
  const [a, b] = useParties()
  const y = (rank: number) => 54 + (rank - 1) * STEP
  const height = y(view.rows.length) + 38
  const title = (id: string, lang: "en" | "ru") => priorities.find((priority) => priority.id === id)?.title[lang] ?? id
  const drawn = view.rows.toSorted((one, other) => ORDER.indexOf(one.label) - ORDER.indexOf(other.label))
  return (
    <>
      <svg className="slope" viewBox={`0 0 968 ${height}`} role="group" aria-label={t("priorities.chart")}>
        <text x={LEFT} y={14} textAnchor="end" className="hd ta" lang="en">
          {a.names.en.full}
        </text>
        <text x={RIGHT} y={14} className="hd tb" lang="ru">
          {b.names.ru.full}
        </text>
        {drawn.map((row) => (
          <path
            key={row.id}
            className={`ln ${CLASS[row.label]}${row.id === chosen ? " on" : ""}`}
            d={`M${LEFT} ${y(row.left)}C414 ${y(row.left)} 460 ${y(row.right)} ${RIGHT} ${y(row.right)}`}
          />
        ))}
        {view.rows.map((row) => (
          <SlopeItem
            key={row.id}
            row={row}
            y={y}
            left={title(row.id, "en")}
            right={title(row.id, "ru")}
            isOn={row.id === chosen}
            onChoose={onChoose}
          />
        ))}
      </svg>
      <p className="key">
        {(["divergent", "partly", "convergent"] as const).map((label) => (
          <span key={label}>
            <svg viewBox="0 0 34 8" aria-hidden="true">
              <path className={`ln ${CLASS[label]}`} d="M0 4H34" />
            </svg>
            {t(`priorities.label.${label}`)}
          </span>
        ))}
        <span className="dim">{t("priorities.key", { most: view.rows.length - 1 })}</span>
      </p>
    </>
  )
}

interface SlopeItemProps {
  readonly row: SlopeRow
  readonly y: (rank: number) => number
  readonly left: string
  readonly right: string
  readonly isOn: boolean
  readonly onChoose: (id: string) => void
}

function SlopeItem({ row, y, left, right, isOn, onChoose }: SlopeItemProps) {
  const t = useT()
  const [leftY, rightY] = [y(row.left), y(row.right)]
  const pressed = (event: KeyboardEvent) => {
    if (event.key !== "Enter" && event.key !== " ") return
    event.preventDefault()
    onChoose(row.id)
  }
  const label = t("priorities.item", {
    id: row.id,
    title: t.lang === "en" ? left : right,
    left: row.left,
    right: row.right,
    label: t(`priorities.label.${row.label}`),
  })
  return (
    <g
      role="button"
      tabIndex={0}
      aria-pressed={isOn}
      // both titles are its name, each in its language; how they stand to each other is said after them
      aria-description={label}
      className="it"
      onClick={() => onChoose(row.id)}
      onKeyDown={pressed}
    >
      <circle cx={LEFT} cy={leftY} r={11} fill="var(--paper)" stroke="var(--a)" strokeWidth={1.5} />
      <text x={LEFT} y={leftY + 4.5} textAnchor="middle" className="rk ta">
        {row.left}
      </text>
      <Title words={left} room={ROOM.en} x={LEFT - 22} y={leftY} anchor="end" look={CLASS[row.label]} lang="en" />
      <text x={0} y={leftY + 5} className="cd">
        {row.id}
      </text>
      <path d={`M${RIGHT} ${rightY - 14}l14 14-14 14-14-14z`} fill="var(--paper)" stroke="var(--b)" strokeWidth={1.5} />
      <text x={RIGHT} y={rightY + 4.5} textAnchor="middle" className="rk tb">
        {row.right}
      </text>
      <Title words={right} room={ROOM.ru} x={RIGHT + 24} y={rightY} anchor="start" look={CLASS[row.label]} lang="ru" />
      <text x={968} y={rightY + 5} textAnchor="end" className="cd">
        {row.id}
      </text>
    </g>
  )
}

/** letters that one line holds between the rank and the code, in the bold face */
const ROOM = { en: 31, ru: 39 } as const

interface TitleProps {
  readonly words: string
  readonly room: number
  readonly x: number
  readonly y: number
  readonly anchor: "start" | "end"
  readonly look: string
  readonly lang: "en" | "ru"
}

/** A title beside its rank: one line, or two of about the same length. */
function Title({ words, room, x, y, anchor, look, lang }: TitleProps) {
  const lines = inLines(words, room)
  const first = y + 5 - (lines.length - 1) * 9
  return (
    <text textAnchor={anchor} className={`ttl ${look}`} lang={lang}>
      {lines.map((line, i) => (
        <tspan key={line} x={x} y={first + i * 18}>
          {line}
        </tspan>
      ))}
    </text>
  )
}

function inLines(words: string, room: number): readonly string[] {
  if (words.length <= room) return [words]
  const breaks = [...words.matchAll(/ /g)].map((match) => match.index)
  const longer = (at: number) => Math.max(at, words.length - at - 1)
  const at = breaks.toSorted((one, other) => longer(one) - longer(other))[0]
  return at === undefined ? [words] : [words.slice(0, at), words.slice(at + 1)]
}
