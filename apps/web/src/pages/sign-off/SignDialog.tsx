import type { Bilingual, Party, SignStatement, VersionInfo } from "@alternat/plan"
import { type KeyPair, keyFingerprint, signStatement } from "@alternat/seal"
import { type FormEvent, useEffect, useState } from "react"
import { useSign } from "../../api/index.ts"
import { useT } from "../../i18n/index.ts"
import { useLivePlan, usePlanSession } from "../../live/index.ts"
import { Button, Dialog, Hash, Notice, ProblemNotice } from "../../ui/index.ts"
import { createKey, importKey, keyCard, keyFile, loadKey } from "./head-key.ts"

interface SignDialogProps {
  readonly party: Party
  readonly version: VersionInfo
  readonly onClose: () => void
}

const TEXTS = ["name", "post", "organisation", "place"] as const

/** What a head says when signing, in both languages, over the hash that is shown; signed here, with the key of this device. */
export function SignDialog({ party, version, onClose }: SignDialogProps) {
  const t = useT()
  const { planId, me } = usePlanSession()
  const plan = useLivePlan((live) => live.plan)
  const sign = useSign(planId)
  const [key, setKey] = useState<KeyPair | null>(null)
  const [statement, setStatement] = useState<SignStatement>(() => ({
    format: "alternat-statement/1",
    manifest: version.manifestHash,
    party: party.code,
    name: me.name,
    post: { en: "Head of delegation", ru: "Глава делегации" },
    organisation: plan.tables.executive_agents.find((one) => one.party === party.code)?.organisation ?? {
      en: "",
      ru: "",
    },
    acting: false,
    place: { en: "", ru: "" },
    date: new Date().toISOString().slice(0, 10),
  }))
  useEffect(() => void loadKey(me.userId).then(setKey), [me.userId])
  const change = (part: Partial<SignStatement>) => setStatement((before) => ({ ...before, ...part }))
  const submit = async (event: FormEvent) => {
    event.preventDefault()
    const own = key ?? (await createKey(me.userId))
    setKey(own)
    sign.mutate({ version: version.number, request: signStatement(trimmed(statement), own) }, { onSuccess: onClose })
  }
  return (
    <Dialog title={t("signOff.dialog.title", { version: version.number })} isOpen onClose={onClose} wide>
      <form className="form so-form" onSubmit={(event) => void submit(event)}>
        <p>{t("signOff.dialog.over")}</p>
        <p>
          <Hash hash={version.manifestHash} label={t("signOff.hash.title")} />
        </p>
        <div className="so-pairs">
          {TEXTS.map((field) =>
            (["en", "ru"] as const).map((lang) => (
              <label key={`${field}.${lang}`}>
                {t.in(lang, `signOff.field.${field}`)}
                <input
                  lang={lang}
                  required
                  maxLength={400}
                  value={statement[field][lang]}
                  onChange={(event) =>
                    change({ [field]: { ...statement[field], [lang]: event.target.value } as Bilingual })
                  }
                />
              </label>
            )),
          )}
          <label>
            {t("signOff.field.date")}
            <input
              type="date"
              required
              min={plan.terms.fx.agreed_on}
              value={statement.date}
              onChange={(event) => change({ date: event.target.value })}
            />
          </label>
          <label className="tickbox">
            <input
              type="checkbox"
              checked={statement.acting}
              onChange={(event) => change({ acting: event.target.checked })}
            />
            {t("signOff.field.acting")}
          </label>
        </div>
        <KeyLine userId={me.userId} owner={{ party: party.code, name: me.name }} held={key} onKey={setKey} />
        {sign.error ? <ProblemNotice error={sign.error} onAgain={() => sign.reset()} /> : null}
        <div className="row">
          <Button look="ink" type="submit" isDisabled={sign.isPending}>
            {t("signOff.dialog.sign", { version: version.number })}
          </Button>
          <Button onPress={onClose}>{t("shell.cancel")}</Button>
        </div>
      </form>
    </Dialog>
  )
}

const trimmed = (statement: SignStatement): SignStatement => {
  const both = (value: Bilingual): Bilingual => ({
    en: value.en.trim().normalize("NFC"),
    ru: value.ru.trim().normalize("NFC"),
  })
  return {
    ...statement,
    name: both(statement.name),
    post: both(statement.post),
    organisation: both(statement.organisation),
    place: both(statement.place),
  }
}

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
