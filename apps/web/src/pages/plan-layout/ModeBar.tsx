import type { Party } from "@alternat/plan"
import type { ReactNode } from "react"
import { type MessageKey, useT } from "../../i18n/index.ts"
import { strokeLabel, useShortcuts } from "../../keys/index.ts"
import { usePlanSession } from "../../live/index.ts"
import { type Mode, useMode } from "../../mode/index.ts"
import { Mark, type MarkName, partyOf, partyShort, useParties } from "../../ui/index.ts"

const KEYS: Readonly<Record<Mode, string>> = { read: "KeyR", draft: "KeyD", propose: "KeyP" }

/** One sentence that says who reads the next keystroke. */
export function ModeSays() {
  const t = useT()
  const { mode } = useMode()
  const party = useOwnParty()
  const marks: Readonly<Record<Mode, readonly MarkName[]>> = {
    read: ["pagei"],
    draft: t.lang === "ru" ? ["pb", "pa"] : ["pa", "pb"],
    propose: ["env"],
  }
  return (
    <span className={`says m-${mode}`} role="status">
      <span aria-hidden="true">
        {marks[mode].map((name) => (
          <Mark key={name} name={name} />
        ))}
      </span>
      <span>{t.rich(`mode.${mode}.says`, { party: party === null ? "" : adjective(party, t.lang), b: strong })}</span>
    </span>
  )
}

/** The three modes, of which a person has those that their role and the plan's state allow. */
export function ModeSwitch() {
  const t = useT()
  const { mode, modes, choose } = useMode()
  const party = useOwnParty()
  const name = (one: Mode) =>
    one === "propose" && party !== null
      ? t("mode.propose", { party: partyShort(party, t.lang) })
      : t(`mode.${one}` as MessageKey)
  // in the mode of proposing its key is the page's own: it opens the draft of the clause one is on
  useShortcuts(
    modes
      .filter((one) => one !== "propose" || mode !== "propose")
      .map((one) => ({
        id: `mode-${one}`,
        strokes: [KEYS[one]],
        group: "shell",
        label: t(`mode.key.${one}`),
        run: () => {
          choose(one)
          leaveText()
        },
      })),
  )
  return (
    <span className="seg modes" role="group" aria-label={t("mode.label")}>
      {modes.map((one) => (
        <button
          key={one}
          type="button"
          className={`m-${one}`}
          aria-pressed={mode === one}
          aria-keyshortcuts={KEYS[one].slice(-1)}
          onClick={() => choose(one)}
        >
          {name(one)} <kbd aria-hidden="true">{strokeLabel(KEYS[one], t.lang)}</kbd>
        </button>
      ))}
    </span>
  )
}

/** The edge under the tabs repeats the mode as a pattern: blank, dots and hatch, or the lattice. */
export function ModeEdge({ mode }: { readonly mode: Mode }) {
  const t = useT()
  return (
    <div className={`medge m-${mode}${t.lang === "ru" ? " mirrored" : ""}`} aria-hidden="true">
      <i />
      <i />
    </div>
  )
}

/** Who switched by a key while a clause's text had the focus stands beside it after: the next letter must not be typed. */
function leaveText(): void {
  const { activeElement } = document
  if (activeElement?.matches("[role=textbox]")) activeElement.closest<HTMLElement>("[data-clause]")?.focus()
}

function useOwnParty(): Party | null {
  const parties = useParties()
  const { party } = usePlanSession().me
  return party === null ? null : partyOf(parties, party)
}

const adjective = (party: Party, lang: "en" | "ru"): string =>
  lang === "en" ? party.names.en.adjective : party.names.ru.short

const strong = (parts: ReactNode) => <b key="b">{parts}</b>
