import { type ChangeEvent, type FormEvent, useState } from "react"
import { useT } from "../../i18n/index.ts"
import { Button } from "../../ui/index.ts"
import type { Verifier } from "./use-verifier.ts"

export type GiveKeysProps = Pick<Verifier, "keys" | "take" | "giveText" | "forgetKeys">

/** Where the reader gives the keys that he or she holds from elsewhere: as text or as the files of key cards. */
export function GiveKeys({ keys, take, giveText, forgetKeys }: GiveKeysProps) {
  const t = useT()
  const [text, setText] = useState("")
  const [isRefused, setRefused] = useState(false)
  const submit = (event: FormEvent) => {
    event.preventDefault()
    const isTaken = giveText(text)
    setRefused(!isTaken)
    if (isTaken) setText("")
  }
  const choose = async (event: ChangeEvent<HTMLInputElement>) => {
    const cards = [...(event.target.files ?? [])]
    event.target.value = ""
    const taken = await Promise.all(cards.map(take))
    setRefused(taken.includes(false))
  }
  return (
    <form className="give" onSubmit={submit}>
      <label htmlFor="verify-print">{t("verify.give.print")}</label>
      <input
        id="verify-print"
        value={text}
        autoComplete="off"
        spellCheck={false}
        aria-invalid={isRefused}
        aria-describedby="verify-give-says"
        onChange={(event) => setText(event.target.value)}
      />
      <span className="soft">{t("verify.give.or")}</span>
      <span className="file">
        <input
          className="vh"
          id="verify-card"
          type="file"
          multiple
          accept=".json,application/json"
          onChange={(event) => void choose(event)}
        />
        <label className="btn" htmlFor="verify-card">
          {t("verify.give.card")}
        </label>
      </span>
      <Button look="ink" type="submit" isDisabled={text.trim() === ""}>
        {t("verify.give.check")}
      </Button>
      <p id="verify-give-says" role="status" className={isRefused ? "alarm" : "soft"}>
        {isRefused ? t("verify.give.refused") : keys.length > 0 ? t("verify.give.given", { count: keys.length }) : ""}
      </p>
      {keys.length > 0 ? (
        <Button small onPress={forgetKeys}>
          {t("verify.give.forget")}
        </Button>
      ) : null}
    </form>
  )
}
