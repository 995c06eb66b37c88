import { setCell, standingCell } from "@alternat/document"
import type { Lang } from "@alternat/plan"
import { formatTime, useT } from "../../i18n/index.ts"
import {
  dropKeptValue,
  isSameValue,
  type KeptValue,
  TABLE_ORIGIN,
  useKeptValues,
  useLivePlan,
  useLostRaces,
  usePlanSession,
  useWriterWords,
} from "../../live/index.ts"
import { useSharedWrite } from "../../mode/index.ts"
import { Button, Mark, Notice, partyOf, partyShort, useParties, useToast } from "../../ui/index.ts"
import { useCellWords } from "./use-cell-words.ts"

/** Values of this reader beside which another's stands, on every page of the plan, until their author decides. */
export function KeptValues() {
  useLostRaces()
  const kept = useKeptValues()
  // what stands is read with each change of the plan
  useLivePlan((live) => live.plan.tables)
  useLivePlan((live) => live.withdrawnRows)
  if (kept.length === 0) return null
  return (
    <div className="notices">
      {kept.map((one) => (
        <OneKept key={`${one.table}/${one.rowId}/${one.cell}`} kept={one} />
      ))}
    </div>
  )
}

function OneKept({ kept }: { readonly kept: KeptValue }) {
  const { session } = usePlanSession()
  const { table, rowId, cell, mine } = kept
  const standing = standingCell(session.doc, table, rowId, cell)
  if (standing === null) return <InWithdrawnRow kept={kept} />
  // both agree by now
  if (isSameValue(standing.value, mine)) return null
  return <BesideAnother kept={kept} standing={standing} />
}

function BesideAnother({
  kept,
  standing,
}: {
  readonly kept: KeptValue
  readonly standing: { readonly value: unknown; readonly clientId: number | null }
}) {
  const t = useT()
  const { session } = usePlanSession()
  const toast = useToast()
  const shared = useSharedWrite("table")
  const whoWrote = useWriterWords()
  const { cellName, valueText } = useCellWords()
  const words = (lang: Lang) => ({
    cell: cellName(kept, lang),
    who: (standing.clientId === null ? null : whoWrote(standing.clientId, lang)) ?? t.in(lang, "shell.kept.act"),
    mine: valueText(kept.cell, kept.mine, lang),
    theirs: valueText(kept.cell, standing.value, lang),
  })
  const putBack = () => {
    if (!shared.mayWrite()) return
    const done = setCell(session.doc, kept.table, kept.rowId, kept.cell, kept.mine, TABLE_ORIGIN)
    if (done.ok) dropKeptValue(session, kept)
    else toast(t.pick(done.error.message))
  }
  const { mine, theirs } = words(t.lang)
  return (
    <Notice
      live
      actions={
        <>
          <Button small look="ink" onPress={putBack}>
            {t("shell.kept.putBack", { mine })}
          </Button>
          <Button small onPress={() => dropKeptValue(session, kept)}>
            {t("shell.kept.leave", { theirs })}
          </Button>
        </>
      }
    >
      <p>
        <b>{t("shell.kept.race", words(t.lang))}</b> {t("shell.kept.stands", words(t.lang))}
      </p>
      <p lang={t.other} className="dim">
        {t.in(t.other, "shell.kept.race", words(t.other))} {t.in(t.other, "shell.kept.stands", words(t.other))}
      </p>
    </Notice>
  )
}

function InWithdrawnRow({ kept }: { readonly kept: KeptValue }) {
  const t = useT()
  const { session } = usePlanSession()
  const parties = useParties()
  const { cellName, valueText } = useCellWords()
  const withdrawn = useLivePlan((live) => live.withdrawnRows)?.find(
    ({ table, row }) => table === kept.table && row.id === kept.rowId,
  )
  const words = (lang: Lang) => ({
    row: kept.rowId,
    cell: cellName(kept, lang),
    who: withdrawn?.party ? partyShort(partyOf(parties, withdrawn.party), lang) : "",
    time: withdrawn?.at ? formatTime(lang, withdrawn.at) : "",
    mine: valueText(kept.cell, kept.mine, lang),
  })
  const told = withdrawn?.party ? "shell.kept.withdrawn" : "shell.kept.gone"
  return (
    <Notice
      live
      actions={
        <>
          <Button small onPress={() => void navigator.clipboard.writeText(valueText(kept.cell, kept.mine, t.lang))}>
            {t("shell.copy")}
          </Button>
          <Button small onPress={() => dropKeptValue(session, kept)}>
            {t("shell.kept.letGo")}
          </Button>
        </>
      }
    >
      <p>
        <Mark name="withdrawn" /> <b>{t(told, words(t.lang))}</b> {t("shell.kept.here", words(t.lang))}
      </p>
      <p lang={t.other} className="dim">
        {t.in(t.other, told, words(t.other))} {t.in(t.other, "shell.kept.here", words(t.other))}
      </p>
    </Notice>
  )
}
