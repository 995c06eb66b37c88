import type { DemoInfo } from "@alternat/plan"
import { Link, Navigate, useNavigate, useSearch } from "@tanstack/react-router"
import { type FormEvent, useEffect, useState } from "react"
import { isApiError, useDemo, useMe, useSetupAwaited, useSignIn } from "../../api/index.ts"
import { useT } from "../../i18n/index.ts"
import { LanguageSwitch } from "../../shell/Masthead.tsx"
import { Button, Notice } from "../../ui/index.ts"
import { INIT_COMMAND } from "../setup/draft.ts"
import { Limits } from "./Limits.tsx"
import { Seats } from "./Seats.tsx"
import { Slowed } from "./Slowed.tsx"
import "./sign-in.css"

/** The first page: what this is, in both languages, and a seat at the table. */
export function SignInPage() {
  const t = useT()
  const me = useMe().data
  const demo = useDemo().data
  const { next, ready } = useSearch({ from: "/sign-in" })
  const navigate = useNavigate()
  const signIn = useSignIn()
  useEffect(() => {
    document.title = `${t("signIn.title")} · Alternat`
  }, [t])
  const enter = (email: string, password: string) =>
    signIn.mutate({ email, password }, { onSuccess: () => void navigate({ to: next ?? "/" }) })
  if (me && !signIn.isPending && !signIn.isSuccess) return <Navigate to={next ?? "/"} replace />
  return (
    <div className="sign-in">
      <header className="top">
        <Link className="link" to="/verify">
          {t("signIn.verify")}
        </Link>
        <LanguageSwitch />
      </header>
      <main id="content">
        <div className="hero">
          <h1>Alternat</h1>
          <p className="def" lang="en">
            <Definition lang="en" />
          </p>
          <p className="def" lang="ru">
            <Definition lang="ru" />
          </p>
          <FirstSteps ready={ready === true} />
          <SignInForm pending={signIn.isPending} error={signIn.error} onSubmit={enter} />
        </div>
        {demo?.enabled ? <DemoRoom demo={demo} onSeat={(email) => enter(email, demo.password ?? "")} /> : null}
        <Limits />
      </main>
    </div>
  )
}

/** Before the first members there is nobody who could sign in; after them, it is said that now they can. */
function FirstSteps({ ready }: { readonly ready: boolean }) {
  const t = useT()
  const awaited = useSetupAwaited().data?.awaited ?? false
  if (!ready && !awaited) return null
  return (
    <div className="first-steps">
      <Notice live={ready}>
        <p>
          {awaited ? t("setup.awaited") : t("setup.ready")} {awaited ? <code>{INIT_COMMAND}</code> : null}
        </p>
      </Notice>
    </div>
  )
}

function Definition({ lang }: { readonly lang: "en" | "ru" }) {
  const t = useT()
  const [, kind, words] = /^<i>(.*?)<\/i>(.*)$/su.exec(t.sourceIn(lang, "signIn.definition")) ?? []
  return (
    <>
      <i>{kind}</i>
      {words}
    </>
  )
}

interface SignInFormProps {
  readonly pending: boolean
  readonly error: unknown
  readonly onSubmit: (email: string, password: string) => void
}

function SignInForm({ pending, error, onSubmit }: SignInFormProps) {
  const t = useT()
  const [email, setEmail] = useState("")
  const [password, setPassword] = useState("")
  const submit = (event: FormEvent) => {
    event.preventDefault()
    onSubmit(email, password)
  }
  return (
    <form onSubmit={submit} aria-label={t("signIn.title")}>
      <label>
        {t("signIn.email")}
        <input
          type="email"
          name="email"
          autoComplete="username"
          required
          value={email}
          onChange={(e) => setEmail(e.target.value)}
        />
      </label>
      <label>
        {t("signIn.password")}
        <input
          type="password"
          name="password"
          autoComplete="current-password"
          required
          value={password}
          onChange={(e) => setPassword(e.target.value)}
        />
      </label>
      <SignInProblem error={error} />
      <div>
        <Button look="ink" type="submit" isPending={pending}>
          {t("signIn.submit")}
        </Button>
      </div>
    </form>
  )
}

function SignInProblem({ error }: { readonly error: unknown }) {
  const t = useT()
  if (!error) return null
  if (isApiError(error) && error.code === "sign_in_slowed") return <Slowed error={error} />
  return (
    <Notice alarm live>
      <p>{t(problemMessage(error))}</p>
    </Notice>
  )
}

function problemMessage(error: unknown) {
  if (!isApiError(error) || error.status === 0) return "shell.error.network" as const
  return error.status === 429 ? ("signIn.tooMany" as const) : ("signIn.wrong" as const)
}

function DemoRoom({ demo, onSeat }: { readonly demo: DemoInfo; readonly onSeat: (email: string) => void }) {
  const t = useT()
  return (
    <section className="room" aria-label={t("signIn.demo.label")}>
      <p>
        {(["en", "ru"] as const).map((lang) => {
          const [, bold, rest] = /^<b>(.*?)<\/b>(.*)$/su.exec(t.sourceIn(lang, "signIn.demo")) ?? []
          return (
            <span key={lang} lang={lang}>
              <b>{bold}</b>
              {rest}
            </span>
          )
        })}
      </p>
      <Seats demo={demo} onSeat={onSeat} />
    </section>
  )
}
