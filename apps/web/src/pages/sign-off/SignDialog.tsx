import type { Bilingual, Party, SignStatement, VersionInfo } from "@alternat/plan"
import { type KeyPair, keyFingerprint, signStatement } from "@alternat/seal"
import { type FormEvent, useEffect, useState } from "react"
import { type Signatory, useSign, useSignatory } from "../../api/index.ts"
import { useT } from "../../i18n/index.ts"
import { usePlanSession } from "../../live/index.ts"
import { Button, Dialog, Hash, Notice, ProblemNotice } from "../../ui/index.ts"
import { dayHere } from "./day-here.ts"
import { createKey, importKey, keyCard, keyFile, loadKey } from "./head-key.ts"

interface SignDialogProps {
  readonly party: Party
  readonly version: VersionInfo
  readonly onClose: () => void
}

const FIXED = ["name", "post", "organisation"] as const
const LANGS = ["en", "ru"] as const

/**
 * What a head says when signing, in both languages, over the hash that is shown; signed here, with the key of this device.
 * Who signs is what the record says; place and day are the signatory's own.
 */
export function SignDialog({ party, version, onClose }: SignDialogProps) {
  const t = useT()
  const { planId, me } = usePlanSession()
  const sign = useSign(planId)
  const signatory = useSignatory(planId, version.number)
  const [key, setKey] = useState<KeyPair | null>(null)
  const [place, setPlace] = useState<Bilingual>({ en: "", ru: "" })
  const [date, setDate] = useState(() => dayHere(new Date()))
  useEffect(() => void loadKey(me.userId).then(setKey), [me.userId])
  const submit = async (event: FormEvent, who: Signatory) => {
    event.preventDefault()
    const own = key ?? (await createKey(me.userId))
    setKey(own)
    const statement: SignStatement = {
      format: "alternat-statement/1",
      manifest: version.manifestHash,
      ...who,
      place: { en: place.en.trim().normalize("NFC"), ru: place.ru.trim().normalize("NFC") },
      date,
    }
    sign.mutate({ version: version.number, request: signStatement(statement, own) }, { onSuccess: onClose })
  }
  const who = signatory.data
  return (
    <Dialog title={t("signOff.dialog.title", { version: version.number })} isOpen onClose={onClose} wide>
      <form className="form so-form" onSubmit={(event) => (who ? void submit(event, who) : event.preventDefault())}>
        <p>{t("signOff.dialog.over")}</p>
        <p>
          <Hash hash={version.manifestHash} label={t("signOff.hash.title")} />
        </p>
        {who ? <Who signatory={who} /> : null}
        {signatory.error ? <ProblemNotice error={signatory.error} onAgain={() => void signatory.refetch()} /> : null}
        <div className="so-pairs">
          {LANGS.map((lang) => (
            <label key={lang}>
              {t.in(lang, "signOff.field.place")}
              <input
                lang={lang}
                required
                maxLength={400}
                value={place[lang]}
                onChange={(event) => setPlace({ ...place, [lang]: event.target.value })}
              />
            </label>
          ))}
          <label>
            {t("signOff.field.date")}
            <input
              type="date"
              required
              min={dayOf(-1)}
              max={dayOf(1)}
              value={date}
              onChange={(event) => setDate(event.target.value)}
            />
          </label>
        </div>
        <KeyLine userId={me.userId} owner={{ party: party.code, name: me.name }} held={key} onKey={setKey} />
        {sign.error ? <ProblemNotice error={sign.error} onAgain={() => sign.reset()} /> : null}
        <div className="row">
          <Button look="ink" type="submit" isDisabled={sign.isPending || who === undefined}>
            {t("signOff.dialog.sign", { version: version.number })}
          </Button>
          <Button onPress={onClose}>{t("shell.cancel")}</Button>
        </div>
      </form>
    </Dialog>
  )
}

/** What the record fixes, to be read and not written. */
function Who({ signatory }: { readonly signatory: Signatory }) {
  const t = useT()
  return (
    <div className="so-who">
      {LANGS.map((lang) => (
        <dl key={lang} lang={lang}>
          {FIXED.map((field) => (
            <div key={field}>
              <dt>{t.in(lang, `signOff.field.${field}`)}</dt>
              <dd>
                {signatory[field][lang]}
                {field === "post" && signatory.acting ? `, ${t.in(lang, "signOff.card.acting")}` : ""}
              </dd>
            </div>
          ))}
        </dl>
      ))}
      <p className="note dim">{t("signOff.dialog.fixed")}</p>
    </div>
  )
}

/** The server takes its own UTC day and those beside it: somewhere on earth it is one of them. */
const dayOf = (offset: number): string => new Date(Date.now() + offset * 86_400_000).toISOString().slice(0, 10)

/** Whose key, known by its fingerprint; a copy to keep, or one to bring from another device. */
function KeyLine({
  userId,
  owner,
  held,
  onKey,
}: {
  readonly userId: string
  readonly owner: { readonly party: string; readonly name: Bilingual }
  readonly held: KeyPair | null
  readonly onKey: (key: KeyPair) => void
}) {
  const t = useT()
  const [isForeign, setForeign] = useState(false)
  const save = (file: Blob, name: string) => {
    const url = URL.createObjectURL(file)
    Object.assign(document.createElement("a"), { href: url, download: name }).click()
    URL.revokeObjectURL(url)
  }
  const bring = async (file: File | undefined) => {
    const key = file && file.size < 1000 ? await importKey(userId, await file.text()) : null
    setForeign(key === null)
    if (key) onKey(key)
  }
  return (
    <div className="so-key">
      <p>
        {held ? t("signOff.key.held") : t("signOff.key.none")}{" "}
        {held ? <span className="mono">{keyFingerprint(held.publicKey)}</span> : null}
      </p>
      <p className="row">
        {held ? (
          <>
            <Button small onPress={() => save(keyCard(held, owner), `${owner.party.toLowerCase()}-key-card.json`)}>
              {t("signOff.key.card")}
            </Button>
            <Button small onPress={() => save(keyFile(held), "alternat-key.txt")}>
              {t("signOff.key.save")}
            </Button>
          </>
        ) : (
          <Button small onPress={() => void createKey(userId).then(onKey)}>
            {t("signOff.key.make")}
          </Button>
        )}
        <label className="so-file">
          {t("signOff.key.bring")}
          <input type="file" accept=".txt,text/plain" onChange={(event) => void bring(event.target.files?.[0])} />
        </label>
      </p>
      {isForeign ? (
        <Notice alarm live>
          <p>{t("signOff.key.foreign")}</p>
        </Notice>
      ) : null}
    </div>
  )
}
