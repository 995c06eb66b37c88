import { describeFault, type Lang, type TextFault, type TextFaultKind } from "@alternat/plan"
import type { Translate } from "../i18n/index.ts"

/** Replaced by a plain space or line break, which nobody misses. */
const SILENT: ReadonlySet<TextFaultKind> = new Set(["tab", "line", "space"])
const SHOWN = 3

/** What was done to characters that a plan may not hold, in a sentence or two; null when nothing is worth saying. */
export function charactersNotice(faults: readonly TextFault[], lang: Lang, t: Translate): string | null {
  const told = new Map(faults.filter(({ kind }) => !SILENT.has(kind)).map((fault) => [fault.codePoint, fault]))
  const all = [...told.values()]
  const list = (some: readonly TextFault[], name: (fault: TextFault) => string) =>
    some.slice(0, SHOWN).map(name).join("; ") +
    (some.length > SHOWN ? ` ${t("shell.characters.more", { count: some.length - SHOWN })}` : "")
  const gone = all.filter(({ replacement }) => replacement === null || replacement === "")
  const replaced = all.filter(({ replacement }) => replacement !== null && replacement !== "")
  const sentences = [
    gone.length > 0 && t("shell.characters.leftOut", { signs: list(gone, (fault) => describeFault(fault)[lang]) }),
    replaced.length > 0 &&
      t("shell.characters.replaced", {
        signs: list(replaced, (fault) =>
          t("shell.characters.by", { sign: describeFault(fault)[lang], twin: fault.replacement ?? "" }),
        ),
      }),
  ].filter((sentence) => sentence !== false)
  return sentences.length === 0 ? null : sentences.join(" ")
}
