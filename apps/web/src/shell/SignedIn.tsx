import type { Me } from "@alternat/plan"
import { Navigate, Outlet, useLocation } from "@tanstack/react-router"
import { createContext, useContext, useEffect } from "react"
import { useMe } from "../api/index.ts"
import { hasChosenLanguage, useLanguage, useT } from "../i18n/index.ts"
import { useIsLeavingElsewhere } from "../live/index.ts"
import { Button, Dialog, Loading, ProblemNotice } from "../ui/index.ts"
import { Masthead } from "./Masthead.tsx"

const Context = createContext<Me | null>(null)

/** Everything but sign-in and verify stands inside; who is not signed in is asked to, and comes back to where they were. */
export function SignedIn() {
  const me = useMe()
  const here = useLocation()
  useProfileLanguage(me.data ?? null)
  if (me.data) {
    return (
      <Context value={me.data}>
        <Outlet />
        <LeavingElsewhere userId={me.data.userId} />
      </Context>
    )
  }
  // on its way there already: asking again would add `next` to `next` for ever
  if (me.data === null && here.pathname === "/sign-in") return null
  if (me.data === null)
    return <Navigate to="/sign-in" search={here.pathname === "/" ? {} : { next: here.href }} replace />
  return (
    <>
      <Masthead title="" />
      <main className="plain" id="content">
        {me.error ? <ProblemNotice error={me.error} onAgain={() => void me.refetch()} /> : <Loading />}
      </main>
    </>
  )
}

/** Signing out in one tab signs out all: what is typed here from now on could not be kept. */
function LeavingElsewhere({ userId }: { readonly userId: string }) {
  const t = useT()
  const { isLeaving, stay } = useIsLeavingElsewhere(userId)
  if (!isLeaving) return null
  return (
    <Dialog title={t("shell.leaving.title")} isOpen onClose={stay} role="alertdialog">
      <p>{t("shell.leaving.text")}</p>
      <p className="row">
        <Button onPress={stay}>{t("shell.leaving.stay")}</Button>
      </p>
    </Dialog>
  )
}

export function useSignedIn(): Me {
  const me = useContext(Context)
  if (!me) throw new Error("broken invariant: nobody is signed in here")
  return me
}

function useProfileLanguage(me: Me | null): void {
  const { setLang } = useLanguage()
  useEffect(() => {
    if (me && !hasChosenLanguage()) setLang(me.language)
  }, [me, setLang])
}
