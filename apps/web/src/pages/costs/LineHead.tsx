import { type ActInput, type CostLine, lineStandingOf, may } from "@alternat/plan"
import { rowHash } from "@alternat/seal"
import { type ReactNode, useState } from "react"
import { Button as AriaButton } from "react-aria-components"
import { useAct } from "../../api/index.ts"
import { useT } from "../../i18n/index.ts"
import { usePlanSession } from "../../live/index.ts"
import {
  Dialog,
  Mark,
  Menu,
  MenuItem,
  MenuSection,
  ProblemNotice,
  partyOf,
  partyShort,
  stateMark,
} from "../../ui/index.ts"
import { LineDialog } from "./LineDialog.tsx"
import { ReasonDialog } from "./ReasonDialog.tsx"
import type { CostDesk } from "./use-cost-desk.ts"

/** A line's state, name and acts. */
export function LineHead({ desk, line }: { readonly desk: CostDesk; readonly line: CostLine }) {
  const t = useT()
  const own = lineStandingOf(desk.standing, line.id)
  const inKind = line.kind_us === "in_kind" || line.kind_ru === "in_kind"
  return (
    <th scope="row" title={`${line.title[t.lang]}\n${line.title[t.other]}`}>
      <span className="lh">
        <LineMenu
          desk={desk}
          line={line}
          label={`${t("costs.menu", { line: line.id })}, ${t(`shell.state.${own.state}`)}`}
        >
          <Mark name={stateMark(own.state)} />
        </LineMenu>
        <span className="lc">{line.id}</span>
        <span className="lt">{line.title[t.lang]}</span> {inKind ? <em>{t("costs.inKind")}</em> : null}
      </span>
    </th>
  )
}

interface LineMenuProps {
  readonly desk: CostDesk
  readonly line: CostLine
  readonly label: string
  readonly children: ReactNode
}

function LineMenu({ desk, line, label, children }: LineMenuProps) {
  const t = useT()
  const { me } = usePlanSession()
  const act = useAct(desk.planId)
  const [open, setOpen] = useState<"edit" | "reopen" | null>(null)
  const own = lineStandingOf(desk.standing, line.id)
  const item = { lineId: line.id, hash: rowHash(line) }
  const consented = own.consents.map((consent) => partyShort(partyOf(desk.parties, consent.party), t.lang))
  const mine = own.consents.some((consent) => consent.party === me.party)
  const doing = (input: ActInput) => act.mutate(input)
  const canEdit = desk.readOnly === null && desk.closedWhy(line.id) === null
  return (
    <>
      <Menu
        label={label}
        trigger={
          <AriaButton className="lm" aria-label={label}>
            {children}
          </AriaButton>
        }
      >
        <MenuSection
          title={`${line.id}: ${t(`shell.state.${own.state}`)}${consented.length ? ` · ${t("costs.menu.consented", { party: consented.join(", ") })}` : ""}`}
        >
          {own.state === "under_negotiation" && !mine && may(me, "agree_ad_referendum") ? (
            <MenuItem id="adref" onAction={() => doing({ act: "agree_ad_referendum", lines: [item] })}>
              {t("costs.menu.agreeAdRef")}
            </MenuItem>
          ) : null}
          {own.state === "agreed_ad_ref" && !mine && may(me, "agree") ? (
            <MenuItem id="agree" onAction={() => doing({ act: "agree", lines: [item] })}>
              {t("costs.menu.agree")}
            </MenuItem>
          ) : null}
          {(own.state === "agreed_ad_ref" || own.state === "agreed") && may(me, "reopen") ? (
            <MenuItem id="reopen" onAction={() => setOpen("reopen")}>
              {t("costs.menu.reopen")}
            </MenuItem>
          ) : null}
          {canEdit ? (
            <MenuItem id="edit" onAction={() => setOpen("edit")}>
              {t("costs.menu.edit")}
            </MenuItem>
          ) : null}
          {canEdit ? (
            <MenuItem
              id="remove"
              onAction={() => doing({ act: "withdraw_row", table: "cost_lines", rowId: line.id, hash: rowHash(line) })}
            >
              {t("costs.menu.remove")}
            </MenuItem>
          ) : null}
        </MenuSection>
      </Menu>
      {open === "edit" ? <LineDialog desk={desk} line={line} onClose={() => setOpen(null)} /> : null}
      {open === "reopen" ? (
        <ReasonDialog
          place={`reason:reopen:${line.id}`}
          title={t("costs.reopen.title", { line: line.id })}
          label={t("costs.reopen.reason")}
          action={t("costs.reopen.do")}
          onClose={() => setOpen(null)}
          onReason={(reason, done) => {
            setOpen(null)
            act.mutateAsync({ act: "reopen", lines: [item], reason }).then(done, shownBelow)
          }}
        />
      ) : null}
      {act.error ? (
        <Dialog title={line.id} isOpen onClose={() => act.reset()} role="alertdialog">
          <ProblemNotice error={act.error} onAgain={() => act.reset()} />
        </Dialog>
      ) : null}
    </>
  )
}

/** The error of an act stands in a dialog of its own. */
const shownBelow = () => undefined
