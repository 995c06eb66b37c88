import { useState } from "react"
import { useCommentActs } from "../../api/index.ts"
import { useT } from "../../i18n/index.ts"
import { usePlanSession } from "../../live/index.ts"
import { Dialog, ProblemNotice, partyShort } from "../../ui/index.ts"
import { Write } from "./CellThread.tsx"
import { CellThreads } from "./CellThreads.tsx"
import { cellTarget, type Place, placeKey } from "./cost-grid.ts"
import type { CostDesk } from "./use-cost-desk.ts"

/** The threads of one cell: read by both delegations, or inside the lattice by one's own alone. */
export function CellComments({
  desk,
  place,
  onClose,
}: {
  readonly desk: CostDesk
  readonly place: Place
  readonly onClose: () => void
}) {
  const t = useT()
  const { me } = usePlanSession()
  const acts = useCommentActs(desk.planId)
  const [audience, setAudience] = useState("shared")
  const party = desk.parties[place.side === "us" ? 0 : 1]
  const error = acts.open.error ?? acts.reply.error ?? acts.setStatus.error
  return (
    <Dialog
      title={t("costs.comments.title", { line: place.line, year: place.year, party: partyShort(party, t.lang) })}
      isOpen
      onClose={onClose}
    >
      {error ? <ProblemNotice error={error} /> : null}
      <CellThreads key={placeKey(place)} desk={desk} place={place} acts={acts} canWrite={me.party !== null} />
      {me.party === null ? null : (
        <Write
          place={`comment:${audience === "shared" ? "shared" : "own"}:cost:${placeKey(place)}`}
          isBusy={acts.open.isPending}
          label={t("costs.comments.write")}
          send={t("costs.comments.send")}
          onText={(text, sent) => {
            const target = cellTarget(place, desk.parties)
            void acts.open.mutateAsync({ target, audience, text }).then(sent, shownAbove)
          }}
        >
          <label className="inline">
            {t("costs.comments.audience")}{" "}
            <select value={audience} onChange={(event) => setAudience(event.target.value)}>
              <option value="shared">{t("costs.comments.shared")}</option>
              <option value={me.party}>{t("costs.comments.own")}</option>
            </select>
          </label>
        </Write>
      )}
    </Dialog>
  )
}

/** The error stands at the head of the dialog, and the words stay in their field. */
const shownAbove = () => undefined
