import { Link } from "@tanstack/react-router"
import { useT } from "../i18n/index.ts"
import { Button, Empty } from "../ui/index.ts"
import { Masthead } from "./Masthead.tsx"

export function NotFound() {
  const t = useT()
  return (
    <>
      <Masthead title="" />
      <main className="plain" id="content">
        <Empty
          title={t("shell.error.notFound.title")}
          action={
            <Link className="btn" to="/">
              {t("shell.home")}
            </Link>
          }
        >
          {t("shell.error.notFound.text")}
        </Empty>
      </main>
    </>
  )
}

/** A mistake of ours. What was typed is in the open document, which outlives the page. */
export function PageError({ error, reset }: { readonly error: unknown; readonly reset: () => void }) {
  const t = useT()
  return (
    <main className="plain" id="content" role="alert">
      <Empty
        title={t("shell.error.title")}
        action={
          <>
            <Button look="ink" onPress={reset}>
              {t("shell.error.retry")}
            </Button>{" "}
            <a className="btn" href="/">
              {t("shell.home")}
            </a>
          </>
        }
      >
        {t("shell.error.text", { detail: error instanceof Error ? error.message : "" })}
      </Empty>
    </main>
  )
}
