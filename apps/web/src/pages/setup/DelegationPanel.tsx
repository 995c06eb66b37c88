import { type HTMLAttributes, useId } from "react"
import { useT } from "../../i18n/index.ts"
import { Button, Mark } from "../../ui/index.ts"
import { has, newSeat, SEATS, type SeatDraft, type SeatKind, type SideDraft } from "./draft.ts"

interface DelegationPanelProps {
  readonly side: SideDraft
  /** A is round and first, B angular and second */
  readonly mark: "a" | "b"
  readonly showPasswords: boolean
  /** what is wrong with the password of the seat at this place */
  readonly weakPassword: (seat: number) => string | null
  readonly onChange: (side: SideDraft) => void
}

/** One delegation's side of the table: its head, and the seats that are added beside. */
export function DelegationPanel({ side, mark, showPasswords, weakPassword, onChange }: DelegationPanelProps) {
  const t = useT()
  const change = (at: number, seat: SeatDraft) =>
    onChange({ ...side, seats: side.seats.map((old, i) => (i === at ? seat : old)) })
  const heading = `setup-${side.party}`
  return (
    <section className={`side ${mark}`} aria-labelledby={heading}>
      <h2 id={heading}>
        <Mark name={mark === "a" ? "pa" : "pb"} /> {t("signIn.delegation", { party: side.party })}
      </h2>
      {side.seats.map((seat, i) => (
        <SeatFields
          key={seat.kind}
          seat={seat}
          says={saysOf(side, seat.kind)}
          showPasswords={showPasswords}
          weakPassword={weakPassword(i)}
          onChange={(next) => change(i, next)}
          onRemove={() => onChange({ ...side, seats: side.seats.filter((_, at) => at !== i) })}
        />
      ))}
      <div className="add">
        <span>{t("setup.add")}</span>
        {SEATS.filter((kind) => !has(side, kind)).map((kind) => (
          <Button key={kind} small onPress={() => onChange({ ...side, seats: [...side.seats, newSeat(kind)] })}>
            {t(`setup.seat.${kind}`)}
          </Button>
        ))}
      </div>
    </section>
  )
}

function saysOf(side: SideDraft, kind: SeatKind) {
  if (kind !== "head") return `setup.says.${kind}` as const
  if (has(side, "releasing")) return has(side, "clearing") ? "setup.also.none" : "setup.also.clearing"
  return has(side, "clearing") ? "setup.also.releasing" : "setup.also.both"
}

interface SeatFieldsProps {
  readonly seat: SeatDraft
  readonly says: ReturnType<typeof saysOf>
  readonly showPasswords: boolean
  readonly weakPassword: string | null
  readonly onChange: (seat: SeatDraft) => void
  readonly onRemove: () => void
}

function SeatFields({ seat, says, showPasswords, weakPassword, onChange, onRemove }: SeatFieldsProps) {
  const t = useT()
  const title = t(`setup.seat.${seat.kind}`)
  const set = (field: "email" | "nameEn" | "nameRu" | "password") => (value: string) =>
    onChange({ ...seat, [field]: value })
  return (
    <fieldset>
      <legend>{title}</legend>
      {seat.kind === "head" ? null : (
        <Button look="link" className="remove" onPress={onRemove} aria-label={t("setup.removeSeat", { seat: title })}>
          {t("setup.remove")}
        </Button>
      )}
      <p>{t(says)}</p>
      <div className="fields">
        <Field label={t("setup.nameEn")} value={seat.nameEn} onChange={set("nameEn")} lang="en" maxLength={120} />
        <Field label={t("setup.nameRu")} value={seat.nameRu} onChange={set("nameRu")} lang="ru" maxLength={120} />
        <Field label={t("setup.email")} value={seat.email} onChange={set("email")} type="email" maxLength={254} />
        <Field
          label={t("setup.password")}
          value={seat.password}
          onChange={set("password")}
          type={showPasswords ? "text" : "password"}
          minLength={10}
          maxLength={128}
          fault={weakPassword}
        />
      </div>
    </fieldset>
  )
}

interface FieldProps {
  readonly label: string
  readonly value: string
  readonly onChange: (value: string) => void
  readonly type?: "text" | "email" | "password" | "date"
  readonly lang?: HTMLAttributes<HTMLInputElement>["lang"]
  readonly minLength?: number
  readonly maxLength?: number
  /** what the server has said against the value; it stands beneath until the value changes */
  readonly fault?: string | null
}

/** A word above a line to write on. */
export function Field({ label, value, onChange, type = "text", lang, minLength, maxLength, fault = null }: FieldProps) {
  const faultId = useId()
  return (
    <label className={fault === null ? undefined : "faulty"}>
      <span>{label}</span>
      <input
        type={type}
        lang={lang}
        autoComplete={type === "password" ? "new-password" : "off"}
        spellCheck={false}
        required
        minLength={minLength}
        maxLength={maxLength}
        value={value}
        onChange={(event) => onChange(event.target.value)}
        aria-invalid={fault === null ? undefined : true}
        aria-describedby={fault === null ? undefined : faultId}
      />
      {fault === null ? null : (
        <small id={faultId} role="alert">
          {fault}
        </small>
      )}
    </label>
  )
}
