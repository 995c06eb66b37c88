import { Link, useNavigate } from "@tanstack/react-router"
import { type FormEvent, type ReactNode, useEffect, useRef, useState } from "react"
import { isApiError, useSetUp, useSetupAwaited } from "../../api/index.ts"
import { useT } from "../../i18n/index.ts"
import { Masthead } from "../../shell/index.ts"
import { Button, Empty, Loading, Notice } from "../../ui/index.ts"
import { DelegationPanel, Field } from "./DelegationPanel.tsx"
import { INIT_COMMAND, newDraft, repeatedEmail, type SetupDraft, type SideDraft, setupOf } from "./draft.ts"
import "./setup.css"
import { useWeakPasswords } from "./use-weak-passwords.ts"

/** By a one-time link: the first members of both delegations, and the table between them. */
export function SetupPage() {
  const t = useT()
  const awaited = useSetupAwaited()
  // in the fragment, which no browser sends: it is in no log
  const [token] = useState(() => location.hash.slice(1))
  useEffect(() => {
    document.title = `${t("setup.title")} · Alternat`
  }, [t])
  return (
    <div className="setup">
      <Masthead title={t("setup.title")} />
      <main id="content">
        {awaited.data ? <Body awaited={awaited.data.awaited} token={token} /> : <Waiting error={awaited.error} />}
      </main>
    </div>
  )
}

function Waiting({ error }: { readonly error: unknown }) {
  const t = useT()
  return error ? (
    <Notice alarm live>
      <p>{t("shell.error.network")}</p>
    </Notice>
  ) : (
    <Loading />
  )
}

function Body({ awaited, token }: { readonly awaited: boolean; readonly token: string }) {
  const t = useT()
  if (!awaited)
    return (
      <Empty
        title={t("setup.done")}
        action={
          <Link className="btn ink" to="/sign-in">
            {t("setup.signIn")}
          </Link>
        }
      >
        {t("setup.done.more")}
      </Empty>
    )
  if (token === "")
    return (
      <Empty title={t("setup.noToken")} action={<code>{INIT_COMMAND}</code>}>
        {t("setup.noToken.more")}
      </Empty>
    )
  return <SetupForm token={token} />
}

function SetupForm({ token }: { readonly token: string }) {
  const t = useT()
  const navigate = useNavigate()
  const setUp = useSetUp()
  const [draft, setDraft] = useState<SetupDraft>(() =>
    newDraft(t("setup.titleEn.default"), t("setup.titleRu.default"), new Date().getFullYear() + 1),
  )
  const [showPasswords, setShowPasswords] = useState(false)
  const [fault, setFault] = useState<string | null>(null)
  const form = useRef<HTMLFormElement>(null)
  const weak = useWeakPasswords(setUp.error, draft, form)
  const submit = (event: FormEvent) => {
    event.preventDefault()
    const twice = repeatedEmail(draft)
    const wrong =
      twice !== null
        ? t("setup.error.twice", { email: twice })
        : draft.start >= draft.end
          ? t("setup.error.dates")
          : null
    setFault(wrong)
    weak.judge(draft)
    if (wrong === null)
      setUp.mutate(setupOf(draft, token), {
        onSuccess: () => void navigate({ to: "/sign-in", search: { ready: true }, replace: true }),
      })
  }
  const set = (field: "titleEn" | "titleRu" | "start" | "end") => (value: string) =>
    setDraft({ ...draft, [field]: value })
  const setSide = (at: 0 | 1) => (side: SideDraft) =>
    setDraft({ ...draft, sides: at === 0 ? [side, draft.sides[1]] : [draft.sides[0], side] })
  return (
    <form ref={form} onSubmit={submit} aria-label={t("setup.title")}>
      <header>
        <h1>{t("setup.title")}</h1>
        <p>{t("setup.lead")}</p>
      </header>
      <div className="sides">
        <DelegationPanel
          side={draft.sides[0]}
          mark="a"
          showPasswords={showPasswords}
          weakPassword={weak.faultOf(0)}
          onChange={setSide(0)}
        />
        <DelegationPanel
          side={draft.sides[1]}
          mark="b"
          showPasswords={showPasswords}
          weakPassword={weak.faultOf(1)}
          onChange={setSide(1)}
        />
      </div>
      <section className="first-plan" aria-labelledby="setup-plan">
        <h2 id="setup-plan">{t("setup.plan")}</h2>
        <div className="fields">
          <Field label={t("setup.titleEn")} value={draft.titleEn} onChange={set("titleEn")} lang="en" maxLength={400} />
          <Field label={t("setup.titleRu")} value={draft.titleRu} onChange={set("titleRu")} lang="ru" maxLength={400} />
          <Field label={t("setup.start")} value={draft.start} onChange={set("start")} type="date" />
          <Field label={t("setup.end")} value={draft.end} onChange={set("end")} type="date" />
        </div>
      </section>
      <footer>
        {fault ? <Fault>{fault}</Fault> : setUp.error ? <Refused error={setUp.error} /> : null}
        <label className="check">
          <input type="checkbox" checked={showPasswords} onChange={(event) => setShowPasswords(event.target.checked)} />
          {t("setup.showPasswords")}
        </label>
        <p>
          {t("setup.passwordAdvice")} {t("setup.passwords")} {t("setup.once")}
        </p>
        <Button look="ink" type="submit" isPending={setUp.isPending}>
          {t("setup.submit")}
        </Button>
      </footer>
    </form>
  )
}

const Fault = ({ children }: { readonly children: ReactNode }) => (
  <Notice alarm live>
    <p>{children}</p>
  </Notice>
)

/** What the server said no to; a link that is over needs a new one. */
function Refused({ error }: { readonly error: unknown }) {
  const t = useT()
  const code = isApiError(error) && error.status !== 0 ? error.code : "network"
  if (code === "bad_setup_token" || code === "setup_token_over")
    return (
      <Fault>
        {t(`setup.error.${code}`)} {t("setup.error.again")} <code>{INIT_COMMAND}</code>
      </Fault>
    )
  if (code === "already_set_up" || code === "email_taken") return <Fault>{t(`setup.error.${code}`)}</Fault>
  if (code === "weak_password") return <Fault>{t("setup.error.weak_password")}</Fault>
  if (code === "network") return <Fault>{t("shell.error.network")}</Fault>
  return <Fault>{code === "rate_limited" ? t("signIn.tooMany") : t("setup.error.invalid")}</Fault>
}
