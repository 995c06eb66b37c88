import { type FormEvent, useState } from "react"
import { useT } from "../../i18n/index.ts"
import { Button, Dialog } from "../../ui/index.ts"

interface ReasonDialogProps {
  readonly title: string
  readonly label: string
  readonly action: string
  readonly onReason: (reason: string) => void
  readonly onClose: () => void
}

/** An act that has to say why. */
export function ReasonDialog({ title, label, action, onReason, onClose }: ReasonDialogProps) {
  const t = useT()
  const [reason, setReason] = useState("")
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (reason.trim() !== "") onReason(reason.trim())
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
            onChange={(event) => setReason(event.target.value)}
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
