import type { Priority } from "@alternat/plan"
import type { FormEvent } from "react"
import { useForm } from "../../half-written/index.ts"
import { useT } from "../../i18n/index.ts"
import { Button, Dialog, Notice } from "../../ui/index.ts"
import type { Ranks } from "./slope.ts"

interface ProposeOrderProps {
  readonly priorities: readonly Priority[]
  readonly onPropose: (ranks: Ranks, done: () => void) => void
  readonly onClose: () => void
}

/** New places for the priorities that move; tabled to the other side as they stand here. */
export function ProposeOrder({ priorities, onPropose, onClose }: ProposeOrderProps) {
  const t = useT()
  const form = useForm<Ranks>(
    "order",
    Object.fromEntries(priorities.map((priority, i) => [priority.id, priority.joint_rank ?? i + 1])),
  )
  const ranks = form.values
  const places = Object.values(ranks).toSorted((a, b) => a - b)
  const isWhole = places.every((rank, i) => rank === i + 1)
  const moved = Object.fromEntries(
    Object.entries(ranks).filter(
      ([id, rank]) => priorities.find((priority) => priority.id === id)?.joint_rank !== rank,
    ),
  )
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (isWhole && Object.keys(moved).length > 0) onPropose(moved, form.clear)
  }
  return (
    <Dialog title={t("priorities.propose.title")} isOpen onClose={onClose}>
      <form className="form" onSubmit={submit}>
        {priorities
          .toSorted((a, b) => (a.joint_rank ?? 99) - (b.joint_rank ?? 99))
          .map((priority) => (
            <label key={priority.id} className="rank">
              <span>
                {priority.id} {priority.title[t.lang]}
              </span>
              <select
                value={ranks[priority.id]}
                onChange={(event) => form.change({ [priority.id]: Number(event.target.value) })}
              >
                {priorities.map((_, i) => (
                  <option key={i} value={i + 1}>
                    {i + 1}
                  </option>
                ))}
              </select>
            </label>
          ))}
        {isWhole ? null : (
          <Notice>
            <p>{t("priorities.propose.twice")}</p>
          </Notice>
        )}
        <div className="row">
          <Button look="ink" type="submit" isDisabled={!isWhole || Object.keys(moved).length === 0}>
            {t("priorities.propose.do")}
          </Button>
          <Button onPress={onClose}>{t("shell.cancel")}</Button>
        </div>
      </form>
    </Dialog>
  )
}
