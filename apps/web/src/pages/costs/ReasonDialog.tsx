import type { FormEvent } from "react"
import { useForm } from "../../half-written/index.ts"
import { useT } from "../../i18n/index.ts"
import { Button, Dialog } from "../../ui/index.ts"

interface ReasonDialogProps {
  /** under which the reason is kept until the act is done */
  readonly place: string
  readonly title: string
  readonly label: string
  readonly action: string
  readonly onReason: (reason: string, done: () => void) => void
  readonly onClose: () => void
}

/** An act that has to say why. */
export function ReasonDialog({ place, title, label, action, onReason, onClose }: ReasonDialogProps) {
  const t = useT()
  const {
    values: { reason },
    change,
    clear,
  } = useForm(place, { reason: "" })
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (reason.trim() !== "") onReason(reason.trim(), clear)
  }
  return (
    <Dialog title={title} isOpen onClose={onClose}>
      <form className="form" onSubmit={submit}>
        <label>
          {label}
          <textarea
            required
            rows={3}
            maxLength={2000}
            value={reason}
            onChange={(event) => change({ reason: event.target.value })}
          />
        </label>
        <div className="row">
          <Button look="ink" type="submit">
            {action}
          </Button>
          <Button onPress={onClose}>{t("shell.cancel")}</Button>
        </div>
      </form>
    </Dialog>
  )
}
